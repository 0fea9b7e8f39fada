using System.Globalization;
using k8s.Models;

namespace PatchOperator.Fleet;

/// <summary>Node objects as a kubelet writes them, about 12 KB each.</summary>
internal static class FleetNodes
{
    /// <summary>The label that all have, for a policy to select them.</summary>
    public const string Label = "pool";

    /// <summary>The value of <see cref="Label"/>.</summary>
    public const string Pool = "all";

    private static readonly DateTime Since = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>The name of a node.</summary>
    public static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"node-{number:00000}");

    /// <summary>The boot ID of a node that has been rebooted so often.</summary>
    public static string BootId(int number, int boots) => string.Create(CultureInfo.InvariantCulture, $"boot-{number}-{boots}");

    /// <summary>One Node, whose kubelet serves logs on this machine.</summary>
    /// <param name="number">From 0.</param>
    /// <param name="kubeletPort">0 where no kubelet is pretended.</param>
    public static V1Node Node(int number, int kubeletPort = 0) => new()
    {
        ApiVersion = "v1",
        Kind = "Node",
        Metadata = new V1ObjectMeta
        {
            Name = Name(number),
            Labels = Enumerable
                .Range(0, 12)
                .ToDictionary(label => $"topology.example.com/label-{label}", label => $"value-{label}-{number % 7}")
                .Append(new(Label, Pool))
                .ToDictionary(),
            Annotations = Enumerable
                .Range(0, 8)
                .ToDictionary(annotation => $"node.example.com/annotation-{annotation}", annotation => $"{annotation}-{new string('x', 60)}"),
        },
        Status = new V1NodeStatus
        {
            Addresses = [new V1NodeAddress { Type = "InternalIP", Address = "127.0.0.1" }],
            DaemonEndpoints = new V1NodeDaemonEndpoints { KubeletEndpoint = new V1DaemonEndpoint { Port = kubeletPort } },
            Conditions =
            [
                .. new[]
                {
                    "MemoryPressure",
                    "DiskPressure",
                    "PIDPressure",
                    "Ready",
                }.Select(type => Condition(type, type == "Ready" ? "True" : "False", Since, Since)),
            ],
            NodeInfo = new V1NodeSystemInfo
            {
                BootID = BootId(number, 0),
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

    /// <summary>One condition of a node.</summary>
    public static V1NodeCondition Condition(string type, string status, DateTime transition, DateTime heartbeat) => new()
    {
        Type = type,
        Status = status,
        Reason = $"KubeletHas{type}",
        Message = $"kubelet says {type} is as it should be",
        LastHeartbeatTime = heartbeat,
        LastTransitionTime = transition,
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
}
