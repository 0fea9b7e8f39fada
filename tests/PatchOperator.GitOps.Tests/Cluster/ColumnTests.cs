using System.Text.Json.Nodes;
using PatchOperator.GitOps.Tests.Health;

namespace PatchOperator.GitOps.Tests.Cluster;

/// <summary>What <c>kubectl get</c> shows of objects with names as long as they are in real clusters.</summary>
[Collection(ClusterCollection.Name)]
public sealed class ColumnTests(GitOpsCluster cluster)
{
    private const int Width = 120;

    public static TheoryData<string, string, string, string> Stories => new()
    {
        { "patchwindows", "window that is closed", "second-saturday-of-the-month", "NAME OPEN NEXT TIMEZONE DURATION AGE" },
        { "patchpolicies", "policy with updates that wait for its window", "production-workers-security", "NAME COMPLIANT SECURITY STATE NEXT READY AGE" },
        { "patchruns", "run that waits for the next window", "production-workers-security-20261120", "NAME PHASE DONE FAILED STARTED AGE" },
        { "nodepatches", "node whose turn it is", "gke-production-europe-west3-workers-a1b2c3d4-wxyz", "NAME PHASE COMPLIANCE SECURITY REBOOT SCANNED AGE" },
        {
            "imagebaselines", "baseline whose next image waits for a person", "debian-bookworm-production-worker",
            "NAME CURRENT BUILT PENDING NODES OUTDATED READY AGE"
        },
    };

    [Theory, MemberData(nameof(Stories))]
    public void Lines_fit(string plural, string situation, string name, string columns)
    {
        var item = Situations.All.Single(candidate => candidate.Name == situation).Item.DeepClone().AsObject();
        item["metadata"] = new JsonObject { ["name"] = name };
        Lengthen(item);
        cluster.Store(item, plural);

        var lines = cluster.Kubectl(["get", plural]).TrimEnd().Split('\n');

        Assert.Equal(columns, string.Join(' ', lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        Assert.All(lines, line => Assert.True(line.TrimEnd().Length <= Width, $"{line.Length} characters:\n{string.Join('\n', lines)}"));
        // A value in each column: what is empty here would tell nobody anything.
        Assert.Equal(columns.Count(character => character == ' ') + 1, lines[1].Split(' ', StringSplitOptions.RemoveEmptyEntries).Length);
        cluster.Kubectl(["delete", plural, name]);
    }

    [Fact]
    public void A_policy_tells_what_it_is_about()
    {
        (string Name, string Situation, string State)[] policies =
        [
            ("waiting", "policy with updates that wait for its window", "WaitingForWindow"),
            ("running", "policy with a run under way", "RunInProgress"),
            ("halted", "policy with a run that has halted", "RunHalted"),
            ("suspended", "policy that is suspended", "Suspended"),
            ("invalid", "policy that names a window that is not there", "InvalidSpec"),
        ];
        foreach (var (name, situation, _) in policies)
        {
            var item = Situations.All.Single(candidate => candidate.Name == situation).Item.DeepClone().AsObject();
            item["metadata"] = new JsonObject { ["name"] = name };
            cluster.Store(item, "patchpolicies");
        }

        var lines = cluster.Kubectl(["get", "patchpolicies"]).Split('\n');

        Assert.All(
            policies,
            policy => Assert.Contains($" {policy.State} ", Assert.Single(lines, line => line.StartsWith($"{policy.Name} ", StringComparison.Ordinal)), StringComparison.Ordinal));
        cluster.Kubectl(["delete", "patchpolicies", .. policies.Select(policy => policy.Name)]);
    }

    /// <summary>Numbers and words as long as they get in a cluster of thousands of nodes.</summary>
    private static void Lengthen(JsonObject item)
    {
        var status = item["status"]!.AsObject();
        switch ((string)item["kind"]!)
        {
            case "PatchWindow":
                item["spec"]!["timeZone"] = "America/Argentina/Buenos_Aires";
                break;
            case "PatchPolicy":
                status["nodes"]!["summary"] = "1234/5000";
                status["updates"]!["security"] = 61_000;
                status["conditions"]![1]!["reason"] = "WaitingForNextOpening";
                break;
            case "PatchRun":
                status["progress"]!["summary"] = "1234/5000";
                break;
            case "NodePatch":
                status["phase"] = "Rebooting";
                status["compliance"]!["state"] = "PendingReboot";
                status["rebootRequired"]!["status"] = "Unknown";
                break;
            default:
                status["current"]!["version"] = "20261120-0123456789ab";
                status["current"]!["pending"]!["security"] = 100;
                status["nodes"] = new JsonObject { ["summary"] = "1234/5000", ["outdated"] = 3766 };
                break;
        }
    }
}
