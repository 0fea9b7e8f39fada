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
        Drain = new { Mode = Away ? "Always" : "Never", Timeout = "5m" },
        Reboot = new { Mode = Away ? "IfRequired" : "Never", Timeout = RebootTimeout },
        Rollout = new { MaxUnavailable = AtOnce, MinReadySeconds = 2 },
    };

    private string Name { get; init; } = "";

    private int AtOnce { get; init; } = 1;

    private bool Away { get; init; } = true;

    private Dictionary<string, string> Labels { get; init; } = [];

    private string RebootTimeout { get; init; } = "3m";

    public static Policy APolicy(string name) => new() { Name = name };

    /// <summary>For this node alone.</summary>
    public Policy On(string node) => this with { Labels = new() { ["kubernetes.io/hostname"] = node } };

    public Policy MaxUnavailable(int nodes) => this with { AtOnce = nodes };

    /// <summary>No drain and no reboot: a cluster of one node keeps its operator.</summary>
    public Policy InPlace() => this with { Away = false };

    public Policy RebootWithin(string timeout) => this with { RebootTimeout = timeout };
}
