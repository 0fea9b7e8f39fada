namespace PatchOperator.EndToEnd.Tests.Objects;

/// <summary>A Deployment that does nothing, with a PodDisruptionBudget.</summary>
internal sealed record Workload(string Name) : IManifest
{
    public const string Namespace = "stories";

    public int Count { get; private init; } = 1;

    private int Minimum { get; init; } = 1;

    private string? Node { get; init; }

    public static Workload AWorkload(string name) => new(name);

    public Workload Replicas(int count) => this with { Count = count };

    public Workload AtLeast(int minimum) => this with { Minimum = minimum };

    /// <summary>Its pods run on this node or not at all.</summary>
    public Workload On(string node) => this with { Node = node };

    public IReadOnlyList<object> Objects => [TheNamespace, Deployment, Budget];

    public string Selector => $"--selector=app={Name}";

    private object Labels => new { App = Name };

    private static object TheNamespace => new { ApiVersion = "v1", Kind = "Namespace", Metadata = new { Name = Namespace } };

    private object Deployment => new
    {
        ApiVersion = "apps/v1",
        Kind = "Deployment",
        Metadata = new { Name, Namespace },
        // A pod that cannot run takes the place of one that does.
        Spec = new { Replicas = Count, Strategy = new { Type = "Recreate" }, Selector = new { MatchLabels = Labels }, Template = new { Metadata = new { Labels }, Spec = Pod } },
    };

    private object Pod => new
    {
        NodeSelector = Node is null ? null : new Dictionary<string, string> { ["kubernetes.io/hostname"] = Node },
        TerminationGracePeriodSeconds = 1,
        TopologySpreadConstraints = new[]
        {
            new { MaxSkew = 1, TopologyKey = "kubernetes.io/hostname", WhenUnsatisfiable = "ScheduleAnyway", LabelSelector = new { MatchLabels = Labels } },
        },
        Containers = new[] { new { Name = "pause", Image = "patchop.local/pause:1", ImagePullPolicy = "Never" } },
    };

    // The version that Kubernetes 1.20 to 1.24 serve: the local cluster has no policy/v1.
    private object Budget => new
    {
        ApiVersion = "policy/v1beta1",
        Kind = "PodDisruptionBudget",
        Metadata = new { Name, Namespace },
        Spec = new { MinAvailable = Minimum, Selector = new { MatchLabels = Labels } },
    };
}
