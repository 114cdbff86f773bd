using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace GreenAI.Metering;

/// <summary>Names of models, in order of registration. Bounded: beyond the capacity every new name shares one overflow model.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class ModelRegistry(int capacity)
{
    /// <summary>The model that stands for all names beyond the capacity.</summary>
    public const string Overflow = "(overflow)";

    private readonly ConcurrentDictionary<string, int> _indexes = new(StringComparer.Ordinal);
    private readonly string[] _names = new string[capacity + 1];
    private readonly object _adding = new();
    private volatile int _count;

    public int Count => _count;

    public int Capacity => _names.Length;

    /// <exception cref="ArgumentException">The name is empty, longer than 256 characters, or <c>(overflow)</c>.</exception>
    public static void ThrowIfUnfit([NotNull] string? name, [CallerArgumentExpression(nameof(name))] string? parameter = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name, parameter);
        if (name.Length > 256) throw new ArgumentException($"A model name has at most 256 characters; this one has {name.Length}.", parameter);
        if (name == Overflow) throw new ArgumentException($"The model name {name} stands for all models beyond MaxModels; choose another.", parameter);
    }

    public string Name(int index) => index < _count ? _names[index] : "";

    /// <summary>The index of a name, registering it when it is new; <paramref name="overflowed"/> the first time there is no room.</summary>
    public int GetOrAdd(string name, out bool overflowed)
    {
        overflowed = false;
        if (_indexes.TryGetValue(name, out int index)) return index;
        // Nothing is added any more: requests with ever new names take no lock.
        if (_count == _names.Length) return capacity;
        lock (_adding)
        {
            if (_indexes.TryGetValue(name, out index)) return index;
            if (_count == _names.Length) return capacity;
            overflowed = _count == capacity;
            string stored = overflowed ? Overflow : name;
            index = _count;
            _names[index] = stored;
            // The count before the name can be found: a close that sees a scope of the model then counts the model too.
            _count = index + 1;
            _indexes[stored] = index;
            return index;
        }
    }
}
