namespace GreenAI.Metering;

/// <summary>What one model has emitted. Written by the closer only.</summary>
/// <remarks>Operational amounts are products of microjoules and <see cref="GridPrice"/>, embodied ones of timestamp ticks and ng/h: whole numbers, exact.</remarks>
internal struct CarbonModelBook
{
    /// <summary>Of energy above the idle floor.</summary>
    public Int128 Dynamic;

    /// <summary>Of the idle floor while the model was active, spread over the active models (a view: the identity has it as idle).</summary>
    public Int128 Idle;

    /// <summary>Of hardware while the model was active on it, spread over the active models.</summary>
    public Int128 Embodied;

    /// <summary>Microjoules of <see cref="Idle"/>.</summary>
    public long IdleMicrojoules;
}
