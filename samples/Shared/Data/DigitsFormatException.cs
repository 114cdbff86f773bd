namespace GreenAI.Metering.Samples;

/// <summary>The digits file is not what it should be; the message says where and what.</summary>
internal sealed class DigitsFormatException(string message) : Exception(message);
