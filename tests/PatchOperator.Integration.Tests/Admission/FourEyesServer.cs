using System.Text.Json.Nodes;
using PatchOperator.Integration.Tests.Crds;

namespace PatchOperator.Integration.Tests.Admission;

/// <summary>
/// An API server, behind it the CustomResourceDefinition server of a current Kubernetes, which admits by the ValidatingAdmissionPolicies of config/four-eyes.
/// </summary>
public sealed class FourEyesServer : IAsyncLifetime
{
    /// <summary>A policy that was there before them.</summary>
    public const string OldPolicy = "old";

    private TestCluster? cluster;
    private string kubectl = "";

    public async Task InitializeAsync()
    {
        if (CrdServer.WhyNot is not null)
            return;
        cluster = await TestCluster.UpAsync("eyes-", "--bare", "--crds");
        kubectl = Path.Combine(await TestCluster.RunAsync("crd-server", "path"), "kubectl");
        (await As("old-hand", ["create", "--validate=false", "--filename", "-"], Policy(OldPolicy, author: null))).Succeeded();
        (await Command.RunAsync(kubectl, ["--kubeconfig", cluster.Kubeconfig, "apply", "--validate=false", "--kustomize", Repository.PathOf("config/four-eyes")])).Succeeded();
        await Eventually.TrueAsync(
            async () => (await As("nobody", ["create", "--validate=false", "--dry-run=server", "--filename", "-"], Policy("test", author: null))).ExitCode != 0
                && (await As("nobody", ["create", "--validate=false", "--dry-run=server", "--filename", "-"], Run("test", author: "x"))).ExitCode != 0,
            "the policies are enforced");
    }

    public async Task DisposeAsync()
    {
        if (cluster is not null)
            await cluster.DisposeAsync();
    }

    /// <summary>What kubectl says to somebody who may do everything that is not refused by name.</summary>
    internal Task<Command> As(string user, IEnumerable<string> arguments, string input = "") =>
        Command.RunAsync(kubectl, ["--kubeconfig", cluster!.Kubeconfig, "--as", user, "--as-group", "system:masters", .. arguments], input);

    /// <summary>A PatchPolicy.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="author">Who has written it, as it says; null where it does not.</param>
    /// <param name="priority">What of its spec may be edited.</param>
    internal static string Policy(string name, string? author, int priority = 0) => new JsonObject
    {
        ["apiVersion"] = "patchoperator.io/v1alpha1",
        ["kind"] = "PatchPolicy",
        ["metadata"] = new JsonObject { ["name"] = name, ["annotations"] = author is null ? null : new JsonObject { ["patchoperator.io/author"] = author } },
        ["spec"] = new JsonObject { ["nodeSelector"] = new JsonObject(), ["priority"] = priority },
    }.ToJsonString();

    /// <summary>A PatchRun.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="author">Who has written its policy, as it says; null where it does not.</param>
    /// <param name="approvedBy">In whose name it is approved already.</param>
    internal static string Run(string name, string? author, params string[] approvedBy)
    {
        var policy = new JsonObject { ["name"] = "p", ["uid"] = "1", ["generation"] = 1 };
        if (author is not null)
            policy["author"] = author;
        return new JsonObject
        {
            ["apiVersion"] = "patchoperator.io/v1alpha1",
            ["kind"] = "PatchRun",
            ["metadata"] = new JsonObject { ["name"] = name },
            ["spec"] = new JsonObject
            {
                ["policy"] = policy,
                ["window"] = "nights",
                ["windowOpenedAt"] = "2026-01-02T03:04:05Z",
                ["trigger"] = "Window",
                ["plan"] = new JsonObject { ["name"] = "p", ["digest"] = Digest },
                ["approvals"] = new JsonArray([.. approvedBy.Select(Approval)]),
            },
        }.ToJsonString();
    }

    /// <summary>An approval in somebody's name.</summary>
    internal static JsonNode Approval(string by) => new JsonObject { ["digest"] = Digest, ["by"] = by };

    private static string Digest { get; } = $"sha256:{new string('a', 64)}";
}
