namespace PatchOperator.Contract;

/// <summary>What one Job asks of the agent. The operator passes it as JSON in the environment variable <see cref="EnvironmentVariable"/>.</summary>
/// <remarks>
/// Optional members have setters on purpose: generated JSON code gives an absent <c>init</c> member its type's default, not the one written here.
/// </remarks>
public sealed record AgentRequest
{
    /// <summary>The environment variable that carries the request.</summary>
    public const string EnvironmentVariable = "PATCH_AGENT_REQUEST";

    /// <summary>What to do.</summary>
    public required AgentStep Step { get; init; }

    /// <summary>The run and the node, or the scan, this step belongs to. With the step it names the transient unit on the host.</summary>
    public required string Operation { get; init; }

    /// <summary>
    /// The approved updates, with exact versions. Patch installs these, as far as <see cref="Freeze"/> says, and nothing else; Verify finds none missing.
    /// </summary>
    public IReadOnlyList<ApprovedUpdate> Updates { get; set; } = [];

    /// <summary>What becomes of those whose version this host is not offered.</summary>
    public FreezeMode Freeze { get; set; } = FreezeMode.Strict;

    /// <summary>The boot that a reboot is to end; null: whichever it is. In another boot there is nothing left to do.</summary>
    public string? BootId { get; set; }

    /// <summary>Whether to refresh the package lists before scanning or patching.</summary>
    public bool RefreshPackageLists { get; set; } = true;

    /// <summary>Archives that count as security besides those that are by themselves, see <see cref="SecuritySource"/>.</summary>
    public IReadOnlyList<string> SecuritySources { get; set; } = [];

    /// <summary>How long the whole step may take, in seconds, waiting for locks included.</summary>
    public int TimeoutSeconds { get; set; } = 3600;
}
