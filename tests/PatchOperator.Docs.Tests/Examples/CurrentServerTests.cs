using PatchOperator.Integration.Tests.Crds;

namespace PatchOperator.Docs.Tests.Examples;

/// <summary>What pages show of our kinds, on the server of a current Kubernetes: it enforces rules, and refuses what it does not know.</summary>
[Collection(nameof(CrdServer))]
public sealed class CurrentServerTests(CrdServer server)
{
    public static TheoryData<string> Ours => ExampleTests.Ours;

    [CrdServerTheory, MemberData(nameof(Ours))]
    public async Task A_current_API_server_takes_each_example_without_a_warning(string name)
    {
        var example = Example.All.First(example => example.ToString() == name);

        (await server.Create(Crd.All.Single(crd => crd.Entity.Name == example.Kind), example.Object)).Taken();
    }
}
