namespace GreenAI.Metering.Samples;

/// <summary>One zone of a <see cref="PowercapTree"/>: a counter whose energy, faults and place are ours to say.</summary>
/// <remarks>
/// The counter goes on in memory while the zone is broken, as the hardware's does; <see cref="Heal"/> and
/// <see cref="Restore"/> show it again. Not thread-safe.
/// </remarks>
public sealed class PowercapZone
{
    private readonly PowercapLayout _layout;
    private readonly PowercapZone? _parent;
    private readonly List<PowercapZone> _children = [];
    private readonly long _maxPowerMicrowatts;
    private CounterFile _file;
    private string _directoryName;
    private bool _isRemoved;

    internal PowercapZone(
        PowercapLayout layout,
        PowercapZone? parent,
        string directoryName,
        string name,
        long microjoules,
        long range,
        long maxPowerMicrowatts)
    {
        _layout = layout;
        _parent = parent;
        _directoryName = directoryName;
        _maxPowerMicrowatts = maxPowerMicrowatts;
        Name = name;
        Microjoules = microjoules;
        RangeMicrojoules = range;
        _file = new CounterFile(CounterPath);
        parent?._children.Add(this);
    }

    /// <summary>The content of <c>name</c>: <c>package-0</c>, <c>dram</c>.</summary>
    public string Name { get; }

    /// <summary>The name with the parent's before it: <c>package-0/dram</c>.</summary>
    public string QualifiedName => _parent is null ? Name : $"{_parent.Name}/{Name}";

    /// <summary>The directory name: <c>intel-rapl:0:1</c>.</summary>
    public string DirectoryName => _directoryName;

    /// <summary>The folder in the devices tree.</summary>
    public string DirectoryPath => _layout.ZonePath(_directoryName);

    /// <summary>The counter as the hardware has it.</summary>
    public long Microjoules { get; private set; }

    /// <summary>Largest value of the counter; 0 for none.</summary>
    public long RangeMicrojoules { get; }

    /// <summary>Sum of what <see cref="Add"/> added, across wraps and while broken.</summary>
    public long GainedMicrojoules { get; private set; }

    /// <summary>Whether readers see the counter.</summary>
    public bool IsWhole { get; private set; } = true;

    private string CounterPath => Path.Combine(DirectoryPath, "energy_uj");

    /// <summary>
    /// Adds energy. Above the range the counter starts again at 0, and the step from the largest value to 0 is 1 µJ: the unit of
    /// this fake register. (A real register's unit is 15 to 61 µJ.) A meter that computes <c>max − previous + current</c>, as the
    /// kernel's interface invites to, is short by that one unit at each wrap.
    /// </summary>
    public void Add(long microjoules)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(microjoules);
        Int128 sum = (Int128)Microjoules + microjoules;
        Microjoules = (long)(RangeMicrojoules > 0 ? sum % ((Int128)RangeMicrojoules + 1) : sum);
        GainedMicrojoules += microjoules;
        Show();
    }

    /// <summary>Sets the counter to a value, as a reset does. Not counted as gained.</summary>
    public void Set(long microjoules)
    {
        Microjoules = microjoules;
        Show();
    }

    /// <summary>
    /// Puts any text in the counter file, until the next <see cref="Add"/>, <see cref="Set"/> or <see cref="Heal"/>.
    /// </summary>
    public void WriteRaw(string text) => _file.Write(text);

    /// <summary>Breaks the zone until <see cref="Heal"/>.</summary>
    public void Break(PowercapFault fault)
    {
        Heal();
        IsWhole = false;
        if (fault == PowercapFault.Eio) _file.Empty();
        if (fault == PowercapFault.Garbage) _file.Write("garbage\n");
        if (fault == PowercapFault.Remove) Remove();
        if (fault == PowercapFault.Unreadable)
        {
            // A process of root is refused no file. Opening a folder for reading gives it the same error.
            _file.Delete();
            Directory.CreateDirectory(CounterPath);
        }
    }

    /// <summary>Ends a fault; a removed zone comes back under its old number.</summary>
    /// <exception cref="InvalidOperationException">The zone is removed and its number is taken.</exception>
    public void Heal()
    {
        if (_isRemoved) MakeAgain();
        if (Directory.Exists(CounterPath)) Directory.Delete(CounterPath);
        IsWhole = true;
        Show();
    }

    /// <summary>Takes the zone and its children out of the tree, as processor hotplug and module unloading do.</summary>
    public void Remove()
    {
        Detach();
        _layout.RemoveZone(_directoryName);
    }

    /// <summary>Brings a removed zone and its children back under another last number, counters going on.</summary>
    /// <exception cref="InvalidOperationException">The number is taken, or the zone is not removed.</exception>
    public void Restore(int newNumber)
    {
        if (!_isRemoved) throw new InvalidOperationException($"{QualifiedName} is not removed.");
        Move(FormattableString.Invariant($"{_directoryName[.._directoryName.LastIndexOf(':')]}:{newNumber}"));
        Heal();
    }

    internal void Close() => _file.Dispose();

    internal void MakeAgain()
    {
        if (Directory.Exists(DirectoryPath)) throw new InvalidOperationException($"{_directoryName} is taken.");
        _layout.MakeZone(_directoryName, Name, RangeMicrojoules, _maxPowerMicrowatts);
        _isRemoved = false;
        IsWhole = true;
        Show();
        foreach (PowercapZone child in _children) child.MakeAgain();
    }

    private void Show()
    {
        if (IsWhole) _file.Write(Microjoules);
    }

    private void Detach()
    {
        foreach (PowercapZone child in _children) child.Detach();
        foreach (PowercapZone child in _children) _layout.RemoveZone(child._directoryName);
        _isRemoved = true;
        IsWhole = false;
        if (Directory.Exists(CounterPath)) Directory.Delete(CounterPath);
        else _file.Delete();
    }

    private void Move(string directoryName)
    {
        _directoryName = directoryName;
        _file = new CounterFile(CounterPath);
        foreach (PowercapZone child in _children) child.Move($"{directoryName}:{child._directoryName.Split(':')[^1]}");
    }
}
