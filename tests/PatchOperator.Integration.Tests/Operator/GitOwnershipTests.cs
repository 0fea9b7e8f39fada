using System.Text.Json.Nodes;
using PatchOperator.Integration.Tests.Crds;

namespace PatchOperator.Integration.Tests.Operator;

/// <summary>What people, or Git, have written is theirs: the operator writes status, and one finalizer.</summary>
[Collection(OperatorCollection.Name)]
public class GitOwnershipTests(OperatorFixture cluster, KubectlFixture kubectl) : IClassFixture<KubectlFixture>
{
    private static readonly string[] Samples = ["--kustomize", Repository.PathOf("config/samples")];

    [Fact]
    public async Task What_Git_owns_stays_as_Git_has_it_but_for_the_finalizer_of_policies()
    {
        _ = cluster;
        await kubectl.Kubectl.RunAsync(["apply", "--validate=false", .. Samples]);
        await Eventually.TrueAsync(
            async () => (await ItemsAsync()).All(item => (long?)item["status"]?["observedGeneration"] == (long)item["metadata"]!["generation"]!),
            "the operator has looked at every sample");

        var difference = await kubectl.Kubectl.TryAsync(["diff", .. Samples]);
        Assert.True(difference.ExitCode == 0, difference.Output + difference.Errors);
        Assert.All(await ItemsAsync(), item =>
        {
            var metadata = item["metadata"]!;
            string[] finalizers = (string)item["kind"]! == "PatchPolicy" ? ["patchoperator.io/patchpolicyfinalizer"] : [];
            Assert.Equal(finalizers, metadata["finalizers"]?.AsArray().Select(finalizer => (string)finalizer!) ?? []);
            Assert.Equal(["kubectl.kubernetes.io/last-applied-configuration"], metadata["annotations"]!.AsObject().Select(annotation => annotation.Key));
            Assert.Equal((1, null, null), ((int)metadata["generation"]!, metadata["labels"], metadata["ownerReferences"]));
        });
        await kubectl.Kubectl.RunAsync(["delete", .. Samples]);
    }

    private async Task<IEnumerable<JsonNode>> ItemsAsync() =>
        JsonNode.Parse(await kubectl.Kubectl.RunAsync(["get", "--output=json", .. Samples]))!["items"]!.AsArray().Select(item => item!);
}
