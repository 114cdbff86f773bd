using System.Globalization;

namespace GreenAI.Metering;

/// <summary>What the first processor of <c>/proc/cpuinfo</c> says it is. Total: any text gives an identity.</summary>
internal readonly struct ProcessorIdentity
{
    private const int Absent = -1;
    private const int ArmLimited = 0x41;

    private ProcessorIdentity(ReadOnlySpan<byte> vendor, int family, int model, int stepping, int implementer, int part)
    {
        bool arm = implementer == ArmLimited;
        IsAmd = vendor.SequenceEqual("AuthenticAMD"u8) || vendor.SequenceEqual("HygonGenuine"u8);
        Microarchitecture = vendor.SequenceEqual("GenuineIntel"u8) && family == 6 ? Intel(model, stepping)
            : vendor.SequenceEqual("AuthenticAMD"u8) ? Amd(family, model)
            : arm ? Arm(part)
            : Microarchitecture.Unknown;
    }

    public Microarchitecture Microarchitecture { get; }

    /// <summary>Whether AMD designed it; Hygon builds on AMD's.</summary>
    public bool IsAmd { get; }

    /// <summary>Reads the identity from the text; the fields are those of arch/x86/kernel/cpu/proc.c and arch/arm64/kernel/cpuinfo.c.</summary>
    public static ProcessorIdentity Parse(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> vendor = default;
        int family = Absent, model = Absent, stepping = Absent, implementer = Absent, part = Absent;
        while (text.IndexOf((byte)'\n') is > 0 and int end)
        {
            ReadOnlySpan<byte> line = text[..end];
            text = text[(end + 1)..];
            int colon = line.IndexOf((byte)':');
            if (colon < 0) continue;
            ReadOnlySpan<byte> key = line[..colon].Trim(" \t"u8);
            ReadOnlySpan<byte> value = line[(colon + 1)..].Trim(" \t"u8);
            if (key.SequenceEqual("vendor_id"u8)) vendor = value;
            else if (key.SequenceEqual("cpu family"u8)) family = Number(value);
            else if (key.SequenceEqual("model"u8)) model = Number(value);
            else if (key.SequenceEqual("stepping"u8)) stepping = Number(value);
            else if (key.SequenceEqual("CPU implementer"u8)) implementer = Number(value);
            else if (key.SequenceEqual("CPU part"u8)) part = Number(value);
        }

        return new ProcessorIdentity(vendor, family, model, stepping, implementer, part);
    }

    // Models of family 6 as in arch/x86/include/asm/intel-family.h.
    private static Microarchitecture Intel(int model, int stepping) => model switch
    {
        42 or 45 => Microarchitecture.SandyBridge,
        58 or 62 => Microarchitecture.IvyBridge,
        60 or 63 or 69 or 70 => Microarchitecture.Haswell,
        61 or 71 or 79 or 86 => Microarchitecture.Broadwell,

        // One model number for three servers: Skylake up to stepping 4, Cascade Lake 5 to 7, then Cooper Lake, its close kin.
        85 => stepping >= 5 ? Microarchitecture.CascadeLake : Microarchitecture.Skylake,
        78 or 94 => Microarchitecture.Skylake,
        142 or 158 => Microarchitecture.CoffeeLake,
        106 or 108 or 125 or 126 => Microarchitecture.IceLake,
        143 => Microarchitecture.SapphireRapids,
        207 => Microarchitecture.EmeraldRapids,
        173 or 174 => Microarchitecture.GraniteRapids,
        _ => Microarchitecture.Unknown,
    };

    // Servers only: desktop and mobile parts of the same families draw several times as much for a thread.
    private static Microarchitecture Amd(int family, int model) => (family, model) switch
    {
        (23, 1) => Microarchitecture.Epyc1,
        (23, 49) => Microarchitecture.Epyc2,
        (25, 1) => Microarchitecture.Epyc3,
        (25, 17 or 160) => Microarchitecture.Epyc4,
        (26, >= 0 and < 32) => Microarchitecture.Epyc5,
        _ => Microarchitecture.Unknown,
    };

    private static Microarchitecture Arm(int part) => part switch
    {
        0xd0c => Microarchitecture.NeoverseN1,
        0xd40 => Microarchitecture.NeoverseV1,
        0xd4f => Microarchitecture.NeoverseV2,
        _ => Microarchitecture.Unknown,
    };

    // x86 prints decimal, Arm hexadecimal with 0x.
    private static int Number(ReadOnlySpan<byte> text)
    {
        bool hex = text.StartsWith("0x"u8);
        NumberStyles style = hex ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
        return int.TryParse(hex ? text[2..] : text, style, CultureInfo.InvariantCulture, out int number) && number >= 0 ? number : Absent;
    }
}
