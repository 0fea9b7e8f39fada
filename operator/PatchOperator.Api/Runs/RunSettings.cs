namespace PatchOperator.Api;

/// <summary>What a policy said when a run was made; later edits of the policy do not reach it.</summary>
public sealed record RunSettings
{
    public string ScanTimeout { get; init; } = "10m";

    public bool RefreshPackageLists { get; init; } = true;

    public UpdateFreeze Freeze { get; init; } = UpdateFreeze.AtLeast;

    public List<string> SecuritySources { get; init; } = [];

    /// <summary>Absent where updates may bring packages that were not installed.</summary>
    public bool? AllowNewPackages { get; init; }

    /// <summary>Absent where nodes wait for updates that their maker gives to others first.</summary>
    public UpdatePhasing? Phasing { get; init; }

    /// <summary>Absent where a node downloads its updates as it installs them.</summary>
    public StagingMode? Staging { get; init; }

    /// <summary>Absent where it does so as fast as it goes.</summary>
    public string? StagingBandwidth { get; init; }

    /// <summary>Absent where they stay.</summary>
    public OldKernels? OldKernels { get; init; }

    public string PatchTimeout { get; init; } = "1h";

    public RebootSettings Reboot { get; init; } = new();

    /// <summary>Absent where none is restarted.</summary>
    public RestartServices? RestartServices { get; init; }

    public DrainSettings Drain { get; init; } = new();

    public RolloutSettings Rollout { get; init; } = new();

    /// <summary>Absent where a node's units are looked at, and nothing is run.</summary>
    public VerifySettings? Verify { get; init; }

    /// <summary>Absent where a node that has failed is given back.</summary>
    public FailureSettings? OnFailure { get; init; }

    /// <summary>Absent where the policy has none.</summary>
    public HookSettings? Hooks { get; init; }
}
