namespace PatchOperator.Api;

/// <summary>The record. Its digest is in the record that follows, and that of the last one in the status of the run.</summary>
public sealed record PatchRecordSpec
{
    /// <summary>The run whose record it is.</summary>
    public RunReference Run { get; init; } = new();

    /// <summary>Which of the run's records, from 1.</summary>
    public int Number { get; init; }

    /// <summary>
    /// <c>sha256:</c> and the hash, in hexadecimal, of the spec of the record before, as JSON with sorted names and without white space; absent in the first.
    /// </summary>
    public string? Previous { get; init; }

    /// <summary>Whether it is full, or the run is over: then it never changes again.</summary>
    public bool Complete { get; init; }

    /// <summary>The nodes, in the order in which they were done; at most two hundred.</summary>
    public List<RecordedNode> Nodes { get; init; } = [];

    /// <summary>What was changed on them: what several have in common is here once.</summary>
    public List<RecordedChange> Changes { get; init; } = [];
}
