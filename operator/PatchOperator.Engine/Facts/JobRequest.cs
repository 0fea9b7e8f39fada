using PatchOperator.Api;
using PatchOperator.Contract;

namespace PatchOperator.Engine.Facts;

/// <summary>A Job to create on a node.</summary>
public sealed record JobRequest
{
    public required string Name { get; init; }

    /// <summary>The node that it works on.</summary>
    public required string Node { get; init; }

    /// <summary>The policy in whose name it is made; null when there is none any more.</summary>
    public string? Policy { get; init; }

    /// <summary>The first Job of the same turn, which takes this one along when it is deleted; null for the first one.</summary>
    public (string Name, string Uid)? Owner { get; init; }

    public required OperationStep Step { get; init; }

    /// <summary>Names the step's unit on the host; the same for every attempt, so that a second attempt finds the first one's unit.</summary>
    public required string Operation { get; init; }

    public string? Run { get; init; }

    public IReadOnlyList<NodeUpdate> Updates { get; init; } = [];

    /// <summary>What becomes of those that the node's archives do not offer.</summary>
    public UpdateFreeze Freeze { get; init; }

    public bool RefreshPackageLists { get; init; }

    /// <summary>The policy's: archives that count as security besides those that are by themselves.</summary>
    public IReadOnlyList<string> SecuritySources { get; init; } = [];

    /// <summary>Whether updates may bring packages that were not installed.</summary>
    public bool AllowNewPackages { get; init; } = true;

    /// <summary>Whether the policy lets anything go for an update.</summary>
    public bool AllowRemovals { get; init; }

    /// <summary>What becomes of updates that their maker gives to other hosts first.</summary>
    public UpdatePhasing Phasing { get; init; }

    /// <summary>How many bytes a second are downloaded at most while the node's pods run; null: as many as it goes.</summary>
    public long? StagingBytesPerSecond { get; init; }

    /// <summary>Whether a patch first removes kernels that nothing needs any more.</summary>
    public bool RemoveOldKernels { get; init; }

    /// <summary>Whether a patch keeps what it replaces.</summary>
    public bool KeepReplaced { get; init; }

    /// <summary>What is looked at besides packages; null: nothing.</summary>
    public VerifySettings? Verify { get; init; }

    /// <summary>Whether a reboot follows where one is due.</summary>
    public bool RebootFollows { get; init; }

    /// <summary>When services are restarted that run code which was replaced.</summary>
    public RestartMode Restarts { get; init; }

    public required TimeSpan Timeout { get; init; }

    /// <summary>The node's boot ID: what the Job finds is of that boot.</summary>
    public string? BootId { get; init; }
}
