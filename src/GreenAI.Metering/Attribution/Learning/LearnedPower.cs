namespace GreenAI.Metering;

/// <summary>Watts of one active inference of a model on a device, their standard error, and how much was observed.</summary>
internal readonly record struct LearnedPower(double Watts, double StandardError, double Resolution, long Rows)
{
    public bool IsIdentified => Resolution >= ModelPower.IdentifiedResolution && Rows >= ModelPower.IdentifiedRows;
}
