namespace GreenAI.Metering;

/// <summary>Looks at a source again and again, and offers a store what has changed.</summary>
/// <remarks>
/// All of it is read each time: a change that keeps length and time of a file, a link that points elsewhere and a mounted volume are all seen, and files of policies
/// are small. What cannot be in force is told when it has stayed the same for two looks: what was half written at the first is whole at the second.
/// Not thread-safe.
/// </remarks>
internal sealed class PolicyWatch(PolicySource source, PolicyStore store)
{
    private string? _accepted;
    private string? _bad;
    private bool _isBadTold;

    /// <summary>The first look: what cannot be in force is an error.</summary>
    /// <exception cref="PolicyFormatException">There is no policy that can be in force.</exception>
    public void Load(DateTimeOffset now)
    {
        ReadOnlyMemory<byte> json = source.Read();
        BudgetPolicy policy = source.Parse(json, now);
        _accepted = PolicyHash.Of(json.Span);
        store.Accept(policy, now);
    }

    /// <summary>Another look: what cannot be in force is told, once, and what is in force stays.</summary>
    public void Look(DateTimeOffset now)
    {
        string content = "";
        try
        {
            ReadOnlyMemory<byte> json = source.Read();
            content = PolicyHash.Of(json.Span);
            if (content != _accepted)
            {
                // One that was refused before is tried again: an approval may be of age by now.
                BudgetPolicy policy = source.Parse(json, now);
                _accepted = content;
                store.Accept(policy, now);
            }
            else if (_bad is not null)
            {
                store.Forgive();
            }

            _bad = null;
        }
        catch (PolicyFormatException refused)
        {
            // What cannot be read has no content, but a reason.
            Refuse(content.Length > 0 ? content : refused.Message, refused);
        }
    }

    private void Refuse(string bad, PolicyFormatException refused)
    {
        if (bad != _bad)
        {
            (_bad, _isBadTold) = (bad, false);
            return;
        }

        if (_isBadTold) return;
        _isBadTold = true;
        store.Refuse(refused);
    }
}
