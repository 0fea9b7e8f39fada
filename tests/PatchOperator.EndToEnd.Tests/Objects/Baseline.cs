namespace PatchOperator.EndToEnd.Tests.Objects;

/// <summary>An ImageBaseline that pushes to a registry with plain HTTP and keeps nothing that nobody needs.</summary>
internal sealed record Baseline : IManifest
{
    public const string Suite = "bookworm";

    /// <summary>The annotation by which nodes tell their image.</summary>
    public const string NodeAnnotation = "images.example.com/digest";

    public IReadOnlyList<object> Objects => [new { ApiVersion = "patchoperator.io/v1alpha1", Kind = "ImageBaseline", Metadata = new { Name }, Spec }];

    private object Spec => new
    {
        Source = new { Type = "Suite", Suite, Mirrors },
        Recipe = new { Packages = new { Install }, Updates },
        Builder,
        Output = new { Format, Repository, Insecure = true },
        Triggers = new { OnPendingUpdates = "Never", OnPolicies = Policies },
        Tests,
        Gate = new { OnFinding },
        Promotion = new { Mode = Promotion },
        Retention = new { Keep = 0, Failed = 0 },
        Nodes = new { Selector = new { }, IdentifyBy = new { Annotation = NodeAnnotation } },
    };

    private string Name { get; init; } = "";

    private string Repository { get; init; } = "";

    private object Builder { get; init; } = new { Type = "Mmdebstrap" };

    private string Format { get; init; } = "Oci";

    private string[] Mirrors { get; init; } = [];

    private string[] Install { get; init; } = [];

    private string Updates { get; init; } = "All";

    private string[] Policies { get; init; } = [];

    private object[] Tests { get; init; } = [];

    private string OnFinding { get; init; } = "Fail";

    private string Promotion { get; init; } = "Automatic";

    public static Baseline ABaseline(string name, string repository) => new() { Name = name, Repository = repository };

    /// <summary>Built from these repositories, as lines of sources.list.</summary>
    public Baseline From(params string[] mirrors) => this with { Mirrors = mirrors };

    /// <summary>
    /// Built in seconds: the root file system of the builder's own image, in the same order and with the same times whenever it is packed. What the kubelet
    /// puts into each container is not a part of it.
    /// </summary>
    public Baseline FromTheBuilderItself() => this with
    {
        Format = "Tar",
        Builder = new
        {
            Type = "Custom",
            Image = "debian:bookworm-slim",
            Command = new[]
            {
                "sh", "-c",
                "tar --create --file \"$WORKSPACE/rootfs.tar\" --directory / --one-file-system --exclude=\".$WORKSPACE\" --exclude=./etc/hostname "
                    + "--exclude=./etc/hosts --exclude=./etc/resolv.conf --sort=name --mtime=\"@$SOURCE_DATE_EPOCH\" --numeric-owner .",
            },
        },
    };

    public Baseline WithoutUpdates() => this with { Updates = "None" };

    public Baseline Installing(params string[] packages) => this with { Install = packages };

    public Baseline Testing(string name, params string[] command) => this with { Tests = [.. Tests, new { Name = name, Command = command }] };

    /// <summary>Pending security updates are reported, and promoted nonetheless.</summary>
    public Baseline WhateverIsPending() => this with { OnFinding = "Report" };

    public Baseline PromotedByHand() => this with { Promotion = "Manual" };

    /// <summary>Has what the runs of these policies install.</summary>
    public Baseline Following(params string[] policies) => this with { Policies = policies };
}
