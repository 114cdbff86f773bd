using System.Globalization;
using Microsoft.Data.Sqlite;

namespace GreenAI.Metering;

/// <summary>A statement with parameters <c>$0</c>, <c>$1</c>…, compiled once.</summary>
internal sealed class SqliteStatement(SqliteConnection connection, string sql) : IDisposable
{
    private readonly SqliteCommand _command = new(sql, connection);

    public int Run(params ReadOnlySpan<object> values)
    {
        Bind(values);
        return _command.ExecuteNonQuery();
    }

    public long? Number(params ReadOnlySpan<object> values)
    {
        Bind(values);
        return _command.ExecuteScalar() as long?;
    }

    public string? Text(params ReadOnlySpan<object> values)
    {
        Bind(values);
        return _command.ExecuteScalar() as string;
    }

    public SqliteDataReader Rows(params ReadOnlySpan<object> values)
    {
        Bind(values);
        return _command.ExecuteReader();
    }

    public void Dispose() => _command.Dispose();

    private void Bind(ReadOnlySpan<object> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (i == _command.Parameters.Count) _command.Parameters.AddWithValue("$" + i.ToString(CultureInfo.InvariantCulture), values[i]);
            else _command.Parameters[i].Value = values[i];
        }
    }
}
