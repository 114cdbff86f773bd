namespace GreenAI.Metering.Benchmarks;

/// <summary>What can be asked of attribution in a scenario.</summary>
internal enum ScenarioClass
{
    /// <summary>Power is linear in concurrency, which varies enough to tell the models apart.</summary>
    IdentifiableLinear,

    /// <summary>Linear but for turbo and a wake-up cost.</summary>
    TurboWakeup,

    /// <summary>More runs than there are cores, most of the time.</summary>
    Saturated,

    /// <summary>Nothing in the counter tells the models apart.</summary>
    Unidentifiable,

    /// <summary>Known to be weak: shown, and held only to what its file says.</summary>
    Weak,
}
