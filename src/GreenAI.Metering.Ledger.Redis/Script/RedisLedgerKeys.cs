using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using StackExchange.Redis;

namespace GreenAI.Metering;

/// <summary>The names of keys. All of one account have the same hash tag, so that a cluster keeps them on one server.</summary>
internal static class RedisLedgerKeys
{
    private const int LongestPlain = 160;

    private static readonly SearchValues<char> _plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.:/_-=@+*");

    /// <summary>The keys of a period of an account, in the order in which the script takes them.</summary>
    /// <param name="prefix">What they begin with.</param>
    /// <param name="account">The account's key.</param>
    /// <param name="period">The period.</param>
    /// <param name="previous">The period before.</param>
    public static RedisKey[] Of(string prefix, string account, string period, string previous)
    {
        string root = prefix + "{" + Name(account) + "}:";
        return [root + "account", .. OfPeriod(root, Name(period)), .. OfPeriod(root, Name(previous))];
    }

    private static RedisKey[] OfPeriod(string root, string period) => [root + "totals:" + period, root + "leases:" + period, root + "live:" + period, root + "old:" + period];

    // Readable where it can be. The hash of another one begins with a sign that no plain one has.
    private static string Name(string text) => text.Length <= LongestPlain && !text.AsSpan().ContainsAnyExcept(_plain)
        ? text
        : "#" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
