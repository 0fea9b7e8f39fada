namespace PatchOperator.Contract;

/// <summary>What one Job asks of the agent. The operator passes it as JSON in the environment variable <see cref="EnvironmentVariable"/>.</summary>
/// <remarks>
/// Optional members have setters on purpose: generated JSON code gives an absent <c>init</c> member its type's default, not the one written here.
/// </remarks>
public sealed record AgentRequest
{
    /// <summary>The environment variable that carries the request.</summary>
    public const string EnvironmentVariable = "PATCH_AGENT_REQUEST";

    /// <summary>Where the administrator of a host puts what may be asked for to verify it: whoever asks does not say what runs as root.</summary>
    public const string CommandFolder = "/etc/patch-operator/verify.d";

    /// <summary>What to do.</summary>
    public required AgentStep Step { get; init; }

    /// <summary>The run and the node, or the scan, this step belongs to. With the step it names the transient unit on the host.</summary>
    public required string Operation { get; init; }

    /// <summary>
    /// The approved updates, with exact versions. Patch installs these, as far as <see cref="Freeze"/> says, and nothing else; Verify finds none missing.
    /// </summary>
    public IReadOnlyList<ApprovedUpdate> Updates { get; set; } = [];

    /// <summary>
    /// What a stage or patch step takes instead, where nobody has approved anything, as by hand: what it finds pending once the host is at rest. Null: what
    /// <see cref="Updates"/> names.
    /// </summary>
    public PendingChoice? Pending { get; set; }

    /// <summary>The packages that may go for what <see cref="Pending"/> chooses: it takes also what nothing else is in the way of.</summary>
    public IReadOnlyList<string> Removable { get; set; } = [];

    /// <summary>What becomes of those whose version this host is not offered.</summary>
    public FreezeMode Freeze { get; set; } = FreezeMode.Strict;

    /// <summary>
    /// The boot of the host that this is asked of; null: whichever it is. In another one a reboot has nothing left to do, and no package is changed: it may be
    /// another host of the same name, whose pods nobody has moved.
    /// </summary>
    public string? BootId { get; set; }

    /// <summary>Whether to refresh the package lists before scanning or patching.</summary>
    public bool RefreshPackageLists { get; set; } = true;

    /// <summary>Archives that count as security besides those that are by themselves, see <see cref="SecuritySource"/>.</summary>
    public IReadOnlyList<string> SecuritySources { get; set; } = [];

    /// <summary>Whether updates may bring packages that were not installed: else what needs one is blocked.</summary>
    public bool AllowNewPackages { get; set; } = true;

    /// <summary>Whether it is told what would have to go for updates, and come with them; else these are blocked, and no more.</summary>
    public bool AllowRemovals { get; set; } = true;

    /// <summary>Whether updates that their maker gives to other hosts first are pending all the same.</summary>
    public bool IgnorePhasing { get; set; }

    /// <summary>How many bytes a second a stage step, or a scan, downloads at most; null: as many as it goes.</summary>
    public long? StagingBytesPerSecond { get; set; }

    /// <summary>Whether a scan that is to download nothing drops what was downloaded before: the operator always says what is.</summary>
    public bool DropStaged { get; set; } = true;

    /// <summary>Whether a patch step first removes kernels that nothing needs any more, never the one that runs.</summary>
    public bool RemoveOldKernels { get; set; }

    /// <summary>Whether a patch step keeps on the host what it replaces, so that <see cref="AgentStep.Rollback"/> can bring it back.</summary>
    public bool KeepReplaced { get; set; }

    /// <summary>
    /// Whether steps that change the host note which of its units run, and those that verify fail where these do not run any more. Needs systemd on the host.
    /// </summary>
    public bool CheckUnits { get; set; }

    /// <summary>
    /// What a verify step runs on the host, one after the other: names of programs in <see cref="CommandFolder"/>. One that does not exit with 0 fails it.
    /// </summary>
    public IReadOnlyList<string> Commands { get; set; } = [];

    /// <summary>Whether a reboot that a rollback makes due follows it, and what runs is looked at after that.</summary>
    public bool RebootFollows { get; set; }

    /// <summary>Whether services that run code which the step has replaced are restarted in its end. Needs systemd on the host.</summary>
    public RestartMode Restarts { get; set; }

    /// <summary>Whether a patch step only finds out what it would install, and whether it could.</summary>
    public bool DryRun { get; set; }

    /// <summary>How long the whole step may take, in seconds, waiting for locks included.</summary>
    public int TimeoutSeconds { get; set; } = 3600;
}
