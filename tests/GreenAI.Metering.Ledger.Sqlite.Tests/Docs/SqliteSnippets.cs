using Microsoft.Extensions.DependencyInjection;

namespace Readme.Snippets;

/// <summary>The README's snippet on the ledger in a file, compiled and run by the tests.</summary>
internal static class SqliteSnippets
{
    public static void Register(IGreenAIMeteringBuilder metering)
    {
        #region SqliteLedger
        metering.AddSqliteLedger("/var/lib/answers/budgets.db"); // package GreenAI.Metering.Ledger.Sqlite
        #endregion
    }
}
