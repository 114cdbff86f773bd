namespace GreenAI.Metering;

/// <summary>Families of processors for which coefficients of power are known.</summary>
internal enum Microarchitecture
{
    /// <summary>Any other processor.</summary>
    Unknown,
    SandyBridge,
    IvyBridge,
    Haswell,
    Broadwell,
    Skylake,
    CascadeLake,
    CoffeeLake,
    IceLake,
    SapphireRapids,
    EmeraldRapids,
    GraniteRapids,
    Epyc1,
    Epyc2,
    Epyc3,
    Epyc4,
    Epyc5,
    NeoverseN1,
    NeoverseV1,
    NeoverseV2,
}
