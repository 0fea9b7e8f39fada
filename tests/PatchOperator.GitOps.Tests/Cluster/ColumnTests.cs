using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using PatchOperator.Api;
using PatchOperator.GitOps.Tests.Health;

namespace PatchOperator.GitOps.Tests.Cluster;

/// <summary>What <c>kubectl get</c> shows of objects with names as long as they are in real clusters.</summary>
[Collection(ClusterCollection.Name)]
public sealed class ColumnTests(GitOpsCluster cluster)
{
    private const int Width = 120;

    public static TheoryData<string, string, string, string> Stories => new()
    {
        { "patchwindows", "window that is closed", "second-saturday-of-the-month", "NAME EFFECT OPEN NEXT TIMEZONE DURATION AGE" },
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

    /// <summary>A plan has no status: what it was made with is all there is to it.</summary>
    [Fact]
    public void A_plan_tells_what_it_was_made_with()
    {
        const string Name = "production-workers-security-20261120-1f0c9ad2";
        var plan = new PatchPlan
        {
            ApiVersion = ApiGroup.GroupVersion,
            Kind = PatchPlan.KindName,
            Metadata = new V1ObjectMeta { Name = Name },
            Spec = new PatchPlanSpec { Policy = new PolicyReference { Name = "production-workers-security", Uid = "uid", Generation = 12 } },
        };
        cluster.Kubectl(["create", "--filename=-"], KubernetesJson.Serialize(plan));

        var lines = cluster.Kubectl(["get", "patchplans"]).TrimEnd().Split('\n');

        Assert.Equal(["NAME", "POLICY", "REBOOT", "DRAIN", "AGE"], lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(
            [Name, "production-workers-security", "IfRequired", "WhenRebooting"], lines[1].Split(' ', StringSplitOptions.RemoveEmptyEntries).SkipLast(1));
        Assert.All(lines, line => Assert.True(line.TrimEnd().Length <= Width, $"{line.Length} characters:\n{string.Join('\n', lines)}"));
        cluster.Kubectl(["delete", "patchplans", Name]);
    }

    /// <summary>A record has none either.</summary>
    [Fact]
    public void A_record_tells_which_one_of_which_run_it_is()
    {
        const string Name = "production-workers-security-20261120-2-1f0c9-0001";
        var record = new PatchRecord
        {
            ApiVersion = ApiGroup.GroupVersion,
            Kind = PatchRecord.KindName,
            Metadata = new V1ObjectMeta { Name = Name },
            Spec = new PatchRecordSpec { Run = new RunReference { Name = "production-workers-security-20261120-2", Uid = "uid" }, Number = 1, Complete = true },
        };
        cluster.Kubectl(["create", "--filename=-"], KubernetesJson.Serialize(record));

        var lines = cluster.Kubectl(["get", "patchrecords"]).TrimEnd().Split('\n');

        Assert.Equal(["NAME", "RUN", "NUMBER", "COMPLETE", "AGE"], lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal([Name, record.Spec.Run.Name, "1", "true"], lines[1].Split(' ', StringSplitOptions.RemoveEmptyEntries).SkipLast(1));
        Assert.All(lines, line => Assert.True(line.TrimEnd().Length <= Width, $"{line.Length} characters:\n{string.Join('\n', lines)}"));
        cluster.Kubectl(["delete", "patchrecords", Name]);
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
