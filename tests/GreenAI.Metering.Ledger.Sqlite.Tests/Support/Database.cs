using Microsoft.Data.Sqlite;

namespace GreenAI.Metering.Ledger.Sqlite.Tests;

/// <summary>The file as another program sees it.</summary>
internal static class Database
{
    public static object? Ask(string path, string sql)
    {
        using SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString);
        connection.Open();
        using SqliteCommand command = new(sql, connection);
        return command.ExecuteScalar();
    }
}
