using System.Diagnostics;
using System.Globalization;

namespace GreenAI.Metering.Fuzz;

/// <summary>Runs a target over its inputs and says what it found.</summary>
internal sealed class FuzzRun(FuzzArguments arguments, TextWriter output)
{
    // Far beyond any input's due: a reader that is still at it hangs.
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(60);

    private IFuzzTarget? _target;
    private long _index;
    private long _started;

    /// <summary>Null when every input was read as promised; else what was found, in a line.</summary>
    public string? Run(IFuzzTarget target)
    {
        var mutator = new Mutator(target.Corpus);
        long started = Stopwatch.GetTimestamp();
        long last = arguments.Seconds is null ? arguments.First + (arguments.Inputs ?? target.Inputs) : long.MaxValue;
        long index = arguments.First;
        long most = 0;
        foreach (byte[] real in target.Corpus)
        {
            if (Read(target, real, -1, ref most) is { } wrong) return wrong;
        }

        most = 0;
        using var watch = new Timer(_ => Watch(), null, _longest, _longest);
        Volatile.Write(ref _target, target);
        for (; index < last; index++)
        {
            if ((index & 0xFF) == 0 && arguments.Seconds is { } seconds && Stopwatch.GetElapsedTime(started).TotalSeconds >= seconds) break;
            var random = new FuzzRandom(arguments.Seed, target.Name, index);
            ReadOnlySpan<byte> input = mutator.Make(ref random);
            Volatile.Write(ref _index, index);
            Volatile.Write(ref _started, Stopwatch.GetTimestamp());
            if (Read(target, input, index, ref most) is { } found) return found;
        }

        Volatile.Write(ref _target, null);
        double elapsed = Stopwatch.GetElapsedTime(started).TotalSeconds;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{target.Name}: {index - arguments.First} inputs in {elapsed:F1} s, {(index - arguments.First) / elapsed:F0} a second, at most {most} bytes allocated"));
        return null;
    }

    private string? Read(IFuzzTarget target, ReadOnlySpan<byte> input, long index, ref long most)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            target.Run(input);
        }
        catch (Exception exception)
        {
            // Whatever it is, it was not declared: that is what is being looked for.
            return Describe(target, input, index, exception is FuzzFailure ? exception.Message : exception.ToString());
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        most = Math.Max(most, allocated);
        // What is allocated once, at the first call of something, is not the input's: the second reading tells.
        if (allocated <= target.AllocationBound || index < 0) return null;
        before = GC.GetAllocatedBytesForCurrentThread();
        target.Run(input);
        allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return allocated <= target.AllocationBound
            ? null
            : Describe(target, input, index, $"allocated {allocated} bytes where at most {target.AllocationBound} are allowed");
    }

    private string Describe(IFuzzTarget target, ReadOnlySpan<byte> input, long index, string what)
    {
        output.WriteLine($"input (hex): {Convert.ToHexString(input)}");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"again: {Again(target, index)}"));
        return what;
    }

    private string Again(IFuzzTarget target, long index) => index < 0
        ? $"an input of the corpus of {target.Name}"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"dotnet run -c Release --project tests/GreenAI.Metering.Fuzz -- --target {target.Name} --seed {arguments.Seed} --first {index} --inputs 1");

    // A reader that does not return cannot be stopped: the program says which input it was, and ends.
    private void Watch()
    {
        if (Volatile.Read(ref _target) is not { } target || Stopwatch.GetElapsedTime(Volatile.Read(ref _started)) < _longest) return;
        output.WriteLine($"FAILED {target.Name}: does not return. Again: {Again(target, Volatile.Read(ref _index))}");
        output.WriteLine("0 passed, 1 failed");
        Environment.Exit(1);
    }
}
