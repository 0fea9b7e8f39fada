using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using PatchOperator.Api;

namespace PatchOperator.Fleet.Footprint;

/// <summary>Nodes, all of one policy, each with a NodePatch that was scanned a moment ago and has updates pending.</summary>
/// <param name="api">Where.</param>
/// <param name="size">How many nodes.</param>
/// <param name="updates">How many updates each.</param>
internal sealed class ScannedFleet(ApiServer api, int size, int updates)
{
    private const int AtOnce = 32;
    private const string Own = $"/apis/{ApiGroup.Name}/{ApiGroup.Version}";

    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        await Parallel.ForEachAsync(Enumerable.Range(0, size), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (number, token) =>
        {
            var node = KubernetesJson.Deserialize<V1Node>((await api.PostAsync("/api/v1/nodes", Json(FleetNodes.Node(number)), token)).ToJsonString());
            var patch = Patch(node);
            await api.PostAsync($"{Own}/nodepatches", Json(patch), token);
            await api.PatchAsync($"{Own}/nodepatches/{patch.Metadata.Name}/status", new JsonObject { ["status"] = Json(Scanned(node)) }, token);
        });
        await api.PostAsync(
            $"{Own}/patchpolicies",
            Json(new PatchPolicy
            {
                Metadata = new V1ObjectMeta { Name = "all" },
                Spec = new PatchPolicySpec
                {
                    NodeSelector = new V1LabelSelector { MatchLabels = new Dictionary<string, string> { [FleetNodes.Label] = FleetNodes.Pool } },
                },
            }),
            cancellationToken);
    }

    private static JsonNode Json(object value) => JsonNode.Parse(KubernetesJson.Serialize(value))!;

    private static NodePatch Patch(V1Node node) => new()
    {
        Metadata = new V1ObjectMeta
        {
            Name = node.Metadata.Name,
            Labels = new Dictionary<string, string> { [ApiGroup.ManagedByLabel] = ApiGroup.ManagedBy },
            OwnerReferences =
                [new V1OwnerReference { ApiVersion = V1Node.KubeApiVersion, Kind = V1Node.KubeKind, Name = node.Metadata.Name, Uid = node.Metadata.Uid }],
        },
        Spec = new NodePatchSpec { NodeName = node.Metadata.Name },
    };

    private NodePatchStatus Scanned(V1Node node)
    {
        var now = TimeProvider.System.GetUtcNow();
        now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond));
        return new NodePatchStatus
        {
            Node = new NodeIdentity
            {
                Uid = node.Metadata.Uid,
                BootId = node.Status.NodeInfo.BootID,
                OsFamily = "debian-12",
                PackageManager = "apt",
                Architecture = "amd64",
            },
            LastScan = new NodeScan { Time = now, Packages = 400, PatchLevel = new string('a', 64) },
            RebootRequired = new RebootRequired { Status = "False", Since = now },
            PendingCount = new PendingCount { Security = updates, Total = updates },
            Pending = [.. Enumerable.Range(0, updates).Select(package => new PendingPackage
            {
                Name = $"package-{package}",
                Installed = "1.0-1+deb12u1",
                Candidate = "1.0-1+deb12u2",
                Security = true,
                FirstSeen = now,
            })],
        };
    }
}
