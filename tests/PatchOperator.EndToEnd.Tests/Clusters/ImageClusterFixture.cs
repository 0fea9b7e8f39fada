namespace PatchOperator.EndToEnd.Tests.Clusters;

/// <summary>One node and a registry, for the stories of images.</summary>
public sealed class ImageClusterFixture() : InstalledCluster("e2e-images", [Node], usesTools: true)
{
    public const string Node = "node-1";

    private ImageRegistry? registry;
    private IReadOnlyList<AptSource> sources = [];

    internal ImageRegistry Registry => registry ?? throw new InvalidOperationException("the fixture is not initialized");

    /// <summary>The package repositories of the nodes.</summary>
    internal IReadOnlyList<AptSource> Sources => sources;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await Machines.StartRegistryAsync();
        registry = new ImageRegistry(await Machines.RegistryAddressAsync());
        sources = await AptSource.OfAsync(Machines, Node);
        var debian = Repository.PathOf("out/end-to-end/debian.tar");
        (await Command.RunAsync(Repository.PathOf("tests/PatchOperator.EndToEnd.Tests/debian-image"), [debian, .. sources.Select(source => source.Line)]))
            .Succeeded();
        await Machines.LoadAsync(debian);
    }

    /// <summary>A cluster without a baseline, and with a registry that answers.</summary>
    public async Task CleanAsync()
    {
        await Machines.StartRegistryAsync();
        await Kubectl.RunAsync("delete", "imagebaselines,patchpolicies,patchwindows", "--all", "--timeout=180s");
        await Eventually.TrueAsync("earlier Jobs are gone", async () => (await Kubectl.ListAsync("jobs", "--namespace=" + JobNamespace)).Count == 0);
    }
}

[CollectionDefinition(Name)]
#pragma warning disable CA1711 // xunit's own word.
public sealed class ImageClusterCollection : ICollectionFixture<ImageClusterFixture>
#pragma warning restore CA1711
{
    public const string Name = "image cluster";
}
