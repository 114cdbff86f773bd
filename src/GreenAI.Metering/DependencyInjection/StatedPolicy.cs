using GreenAI.Metering;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Where the host's policy is stated, when not by a file; the last one that was stated counts.</summary>
internal sealed record StatedPolicy(IConfigurationSection? Section, BudgetPolicy? Policy);
