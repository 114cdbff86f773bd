namespace GreenAI.Metering;

/// <summary>What is wrong with an audit log at a place.</summary>
public enum AuditProblemKind
{
    /// <summary>A record is not what was written, or does not follow the one before.</summary>
    Altered,

    /// <summary>Records are missing before this one.</summary>
    Removed,

    /// <summary>A record is there twice, or where none was written.</summary>
    Inserted,

    /// <summary>Records, or files, are not in their order.</summary>
    Reordered,

    /// <summary>Records are missing at the end.</summary>
    Truncated,

    /// <summary>The last line of a file is not whole: a crash, or a writing that goes on. The log repairs it when it is opened.</summary>
    Torn,

    /// <summary>The anchor is missing or no anchor, or it, or the head that was given, is of another chain.</summary>
    ForeignHead,

    /// <summary>The log found one of these itself when it was opened, and began a new file with a record that says so.</summary>
    Break,

    /// <summary>A file cannot be read.</summary>
    Unreadable,

    /// <summary>There is no record at all: all were removed, or the folder is not that of a log.</summary>
    Missing,
}
