namespace GreenAI.Metering;

/// <summary>Whose electricity a factor describes.</summary>
public enum CarbonBasis
{
    /// <summary>The grid's at the place of use.</summary>
    Location,

    /// <summary>The supplier's by contract: certificates, power purchase agreements.</summary>
    Market,
}
