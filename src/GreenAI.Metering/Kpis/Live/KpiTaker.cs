namespace GreenAI.Metering;

/// <summary>Takes one indicator: of a model, −1 for the host, over a window, −1 for none.</summary>
internal delegate void KpiTaker(int model, int window, in KpiValue value);
