using GreenAI.Metering;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers a ledger of budgets in a SQLite file.</summary>
public static class SqliteLedgerBuilderExtensions
{
    /// <summary>Keeps the spend of budgets in a SQLite file, unless a ledger is registered already. The host disposes it.</summary>
    /// <param name="builder">The builder that <c>AddGreenAIMetering</c> returned.</param>
    /// <param name="path">The file, on a local disk; its directory must exist.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">The path is not one of a file.</exception>
    public static IGreenAIMeteringBuilder AddSqliteLedger(this IGreenAIMeteringBuilder builder, string path)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(path);
        new SqliteBudgetLedgerOptions { Path = path }.Check();
        return builder.AddSqliteLedger(options => options.Path = path);
    }

    /// <summary>Keeps the spend of budgets in a SQLite file, unless a ledger is registered already. The host disposes it.</summary>
    /// <param name="builder">The builder that <c>AddGreenAIMetering</c> returned.</param>
    /// <param name="configure">Sets the options; they are checked when the ledger is made.</param>
    /// <returns>The same builder.</returns>
    public static IGreenAIMeteringBuilder AddSqliteLedger(this IGreenAIMeteringBuilder builder, Action<SqliteBudgetLedgerOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        builder.Services.TryAddSingleton<IBudgetLedger>(provider =>
        {
            SqliteBudgetLedgerOptions options = new();
            if (provider.GetService<TimeProvider>() is { } timeProvider) options.TimeProvider = timeProvider;
            configure(options);
            return new SqliteBudgetLedger(options);
        });
        return builder;
    }
}
