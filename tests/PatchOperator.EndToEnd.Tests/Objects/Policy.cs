namespace PatchOperator.EndToEnd.Tests.Objects;

/// <summary>A PatchPolicy for all nodes: drain always, reboot where due, one node at a time, in the window <see cref="Window"/>.</summary>
internal sealed record Policy : IManifest
{
    public const string Window = "story";

    public IReadOnlyList<object> Objects => [new { ApiVersion = "patchoperator.io/v1alpha1", Kind = "PatchPolicy", Metadata = new { Name }, Spec }];

    private object Spec => new
    {
        NodeSelector = new { MatchLabels = Labels },
        Windows = new[] { Window },
        Drain = new { Mode = !Away ? "Never" : StaysUnlessRebooted ? "WhenRebooting" : "Always", Timeout = "5m", OnTimeout },
        RestartServices = Restarts ? "Affected" : "Never",
        Reboot = new { Mode = Away ? "IfRequired" : "Never", Timeout = RebootTimeout },
        CatchUp = AtOnceAndTainted ? new { Mode = "Immediate", Taint = true } : null,
        Updates = Included.Length == 0 ? null : new { Classification = SecurityOnly ? "Security" : "All", Include = Included },
        HealthChecks = Healthy is not { } healthy
            ? null
            : new[]
            {
                new
                {
                    Name = healthy.Name,
                    Object = new { ApiVersion = "apps/v1", Kind = "Deployment", Workload.Namespace, healthy.Name, Condition = "Available" },
                },
            },
        Hooks,
        OnFailure = BringsBack ? new { Action = "Rollback" } : null,
        Rollout = new { MaxUnavailable = AtOnce, MinReadySeconds = 2, Approval, Waves = CanarySoak is null ? null : new[] { new { Name = "canary", Size = 1, Soak = CanarySoak } } },
    };

    private string Name { get; init; } = "";

    private int AtOnce { get; init; } = 1;

    private bool Away { get; init; } = true;

    private Dictionary<string, string> Labels { get; init; } = [];

    private bool AtOnceAndTainted { get; init; }

    private string RebootTimeout { get; init; } = "3m";

    private string? OnTimeout { get; init; }

    private string? Approval { get; init; }

    private string? CanarySoak { get; init; }

    private string[] Included { get; init; } = [];

    private bool SecurityOnly { get; init; }

    private bool StaysUnlessRebooted { get; init; }

    private Workload? Healthy { get; init; }

    private object? Hooks { get; init; }

    private bool BringsBack { get; init; }

    private bool Restarts { get; init; }

    public static Policy APolicy(string name) => new() { Name = name };

    /// <summary>For this node alone.</summary>
    public Policy On(string node) => this with { Labels = new() { ["kubernetes.io/hostname"] = node } };

    public Policy MaxUnavailable(int nodes) => this with { AtOnce = nodes };

    /// <summary>No drain and no reboot: a cluster of one node keeps its operator.</summary>
    public Policy InPlace() => this with { Away = false };

    public Policy ApprovedByAPerson() => this with { Approval = "Manual" };

    /// <summary>One node first, and this long nothing more.</summary>
    public Policy WithACanary(string soak) => this with { CanarySoak = soak };

    /// <summary>Only while this is available, before each wave and while it soaks.</summary>
    public Policy While(Workload available) => this with { Healthy = available };

    /// <summary>With these hooks, as <c>spec.hooks</c> has them.</summary>
    public Policy With(object hooks) => this with { Hooks = hooks };

    /// <summary>What a turn that fails has changed is brought back.</summary>
    public Policy RollingBack() => this with { BringsBack = true };

    /// <summary>Services that run replaced code are restarted.</summary>
    public Policy RestartingServices() => this with { Restarts = true };

    /// <summary>What falls behind is tainted, and caught up whether the window is open or not.</summary>
    public Policy CaughtUpAtOnce() => this with { AtOnceAndTainted = true };

    /// <summary>Of these packages alone, whoever they are of.</summary>
    public Policy Of(params string[] packages) => this with { Included = packages };

    /// <summary>Of those only what is a security update.</summary>
    public Policy ForSecurity() => this with { SecurityOnly = true };

    /// <summary>Pods leave a node that is rebooted, and no other.</summary>
    public Policy DrainingForReboots() => this with { StaysUnlessRebooted = true };

    /// <summary>A node that a budget keeps from being drained is begun all the same.</summary>
    public Policy EvenIfBlocked() => this with { OnTimeout = "Force" };

    public Policy RebootWithin(string timeout) => this with { RebootTimeout = timeout };
}
