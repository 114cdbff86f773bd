namespace GreenAI.Metering;

/// <summary>Watts per hardware thread by microarchitecture.</summary>
/// <remarks>
/// Cloud Carbon Footprint coefficients (cloud-carbon-footprint/ccf-coefficients, coefficients-aws-use.csv, April 2026, Copyright
/// Thoughtworks, Inc., Apache License 2.0): mean watts of whole servers at the wall, active idle and 100 % load, over their
/// hardware threads; supply, fans and memory are inside. Changed by us: the row of EPYC 5th generation, which blank lines in a
/// list of processors had turned into the mean of all servers, is taken from EPYC 9005 servers alone. The row of unknown
/// processors is the median of servers published 2023 to 2026, its band their 10th and 90th percentiles.
/// </remarks>
internal static class LoadCoefficientTable
{
    // Static models lie up to about 40 % off wall meters (arXiv 2509.22092).
    private static readonly RelativeUncertainty _known = RelativeUncertainty.Symmetric(0.40);
    private static readonly RelativeUncertainty _generic = new(0.57, 0.73);

    /// <summary>The row of a microarchitecture; of <see cref="Microarchitecture.Unknown"/>, the generic one.</summary>
    public static LoadCoefficients Find(Microarchitecture microarchitecture) => microarchitecture switch
    {
        Microarchitecture.SandyBridge => new("Sandy Bridge", 2.212, 8.631, _known),
        Microarchitecture.IvyBridge => new("Ivy Bridge", 1.707, 5.557, _known),
        Microarchitecture.Haswell => new("Haswell", 1.857, 5.595, _known),
        Microarchitecture.Broadwell => new("Broadwell", 0.713, 3.685, _known),
        Microarchitecture.Skylake => new("Skylake", 0.613, 4.104, _known),
        Microarchitecture.CascadeLake => new("Cascade Lake", 0.690, 4.063, _known),
        Microarchitecture.CoffeeLake => new("Coffee Lake", 1.138, 5.422, _known),
        Microarchitecture.IceLake => new("Ice Lake", 0.767, 3.758, _known),
        Microarchitecture.SapphireRapids => new("Sapphire Rapids", 1.036, 4.160, _known),
        Microarchitecture.EmeraldRapids => new("Emerald Rapids", 0.814, 4.482, _known),
        Microarchitecture.GraniteRapids => new("Granite Rapids", 0.582, 2.527, _known),
        Microarchitecture.Epyc1 => new("EPYC 1st generation", 0.847, 2.604, _known),
        Microarchitecture.Epyc2 => new("EPYC 2nd generation", 0.474, 1.693, _known),
        Microarchitecture.Epyc3 => new("EPYC 3rd generation", 0.456, 1.957, _known),
        Microarchitecture.Epyc4 => new("EPYC 4th generation", 0.739, 2.282, _known),
        Microarchitecture.Epyc5 => new("EPYC 5th generation", 0.264, 1.464, _known),

        // No Arm server is in the published results: EPYC 2nd generation stands in, so the band is not that of a known processor.
        Microarchitecture.NeoverseN1 => new("Neoverse N1 (Graviton 2; EPYC 2nd generation stands in)", 0.474, 1.693, _generic),
        Microarchitecture.NeoverseV1 => new("Neoverse V1 (Graviton 3; EPYC 2nd generation stands in)", 0.474, 1.693, _generic),
        Microarchitecture.NeoverseV2 => new("Neoverse V2 (Graviton 4; EPYC 2nd generation stands in)", 0.474, 1.693, _generic),
        _ => new("unknown processor (generic server of 2023 to 2026)", 0.660, 2.750, _generic),
    };
}
