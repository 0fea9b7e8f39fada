using System.Globalization;
using k8s;
using k8s.Models;
using PatchOperator.Api;

namespace PatchOperator.Benchmarks.Footprint;

/// <summary>
/// Node objects as a kubelet writes them, about 12 KB each, all of one policy, each with a NodePatch that was scanned a moment ago and has 20 updates pending.
/// </summary>
internal sealed class Fleet(IKubernetes client, int size)
{
    private const int AtOnce = 32;
    private static readonly DateTime Since = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        using var policies = new GenericClient(client, ApiGroup.Name, ApiGroup.Version, "patchpolicies", disposeClient: false);
        using var patches = new GenericClient(client, ApiGroup.Name, ApiGroup.Version, "nodepatches", disposeClient: false);
        await Parallel.ForEachAsync(Enumerable.Range(0, size), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (number, token) =>
        {
            var node = await client.CoreV1.CreateNodeAsync(Node(number), cancellationToken: token);
            var patch = await patches.CreateAsync(Patch(node), token);
            patch.Status = Scanned(node);
            await client.CustomObjects.ReplaceClusterCustomObjectStatusAsync<NodePatch>(
                patch, ApiGroup.Name, ApiGroup.Version, "nodepatches", patch.Metadata.Name, cancellationToken: token);
        });
        await policies.CreateAsync(
            new PatchPolicy
            {
                Metadata = new V1ObjectMeta { Name = "all" },
                Spec = new PatchPolicySpec { NodeSelector = new V1LabelSelector { MatchLabels = new Dictionary<string, string> { ["pool"] = "all" } } },
            },
            cancellationToken);
    }

    /// <summary>One Node.</summary>
    public static V1Node Node(int number)
    {
        var name = Name(number);
        return new V1Node
        {
            ApiVersion = "v1",
            Kind = "Node",
            Metadata = new V1ObjectMeta
            {
                Name = name,
                Labels = Enumerable
                    .Range(0, 12)
                    .ToDictionary(label => $"topology.example.com/label-{label}", label => $"value-{label}-{number % 7}")
                    .Append(new("pool", "all"))
                    .ToDictionary(),
                Annotations = Enumerable
                    .Range(0, 8)
                    .ToDictionary(annotation => $"node.example.com/annotation-{annotation}", annotation => $"{annotation}-{new string('x', 60)}"),
            },
            Status = new V1NodeStatus
            {
                Conditions = [.. new[] { "MemoryPressure", "DiskPressure", "PIDPressure", "Ready" }.Select(Condition)],
                NodeInfo = new V1NodeSystemInfo
                {
                    BootID = $"boot-{number}",
                    OsImage = "Debian GNU/Linux 12 (bookworm)",
                    KernelVersion = "6.1.0-40-amd64",
                    KubeletVersion = "v1.30.0",
                    KubeProxyVersion = "v1.30.0",
                    Architecture = "amd64",
                    ContainerRuntimeVersion = "containerd://1.6.20",
                    MachineID = $"machine-{number}",
                    OperatingSystem = "linux",
                    SystemUUID = $"system-{number}",
                },
                Images = [.. Enumerable.Range(0, 50).Select(Image)],
            },
        };
    }

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"node-{number:00000}");

    private static V1NodeCondition Condition(string type) => new()
    {
        Type = type,
        Status = type == "Ready" ? "True" : "False",
        Reason = $"KubeletHas{type}",
        Message = $"kubelet says {type} is as it should be",
        LastHeartbeatTime = Since,
        LastTransitionTime = Since,
    };

    private static V1ContainerImage Image(int number) => new()
    {
        Names =
        [
            $"registry.example.com/team-{number % 9}/service-{number}@sha256:{number:x64}",
            $"registry.example.com/team-{number % 9}/service-{number}:v1.{number}",
        ],
        SizeBytes = 100_000_000,
    };

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

    private static NodePatchStatus Scanned(V1Node node)
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
            PendingCount = new PendingCount { Security = 20, Total = 20 },
            Pending = [.. Enumerable.Range(0, 20).Select(package => new PendingPackage
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
