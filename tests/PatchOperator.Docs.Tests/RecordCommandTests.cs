using k8s;
using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Docs.Tests.Markdown;
using PatchOperator.Engine.Specs;

namespace PatchOperator.Docs.Tests;

/// <summary>What the page of records tells readers to do with them, done with jq, on what a kubectl would print.</summary>
public class RecordCommandTests
{
    private static readonly DateTimeOffset Begin = new(2026, 3, 2, 22, 0, 5, TimeSpan.Zero);

    private static readonly RecordedChange Change = new()
    {
        PatchLevelBefore = new string('a', 64),
        PatchLevelAfter = new string('b', 64),
        Packages =
        [
            new ChangedPackage { Name = "libssl3", From = "3.0.16-1~deb12u1", To = "3.0.17-1~deb12u2" },
            new ChangedPackage { Name = "openssl", From = "3.0.16-1~deb12u1", To = "3.0.17-1~deb12u2" },
        ],
    };

    private static readonly PatchRecordSpec First = new()
    {
        Run = new RunReference { Name = "workers-20260302", Uid = "run-uid" },
        Number = 1,
        Complete = true,
        Nodes =
        [
            new RecordedNode { Name = "worker-1", Uid = "1", StartedAt = Begin, FinishedAt = Begin.AddSeconds(395), Attempts = 1, Change = 0 },
            new RecordedNode
            {
                Name = "worker-2", Uid = "2", Result = RecordedResult.Failed, Step = OperationStep.Reboot, Reason = Reasons.RebootTimedOut,
                // What programs escape in as many ways as there are.
                Message = "\"it\" <did> not\ncome back & has said: naïve \\ – 😀 + \u0001\u2028", StartedAt = Begin.AddSeconds(396), FinishedAt = Begin.AddSeconds(1387), Change = 0,
            },
        ],
        Changes = [Change],
    };

    private static readonly PatchRecordSpec Second = First with
    {
        Number = 2,
        Previous = CanonicalJson.Digest(First),
        Nodes = [new RecordedNode { Name = "worker-3", Uid = "3", Result = RecordedResult.Skipped, Reason = Reasons.NodeGone, Message = "the node was gone" }],
        Changes = [],
    };

    [Fact]
    public async Task Every_node_is_a_line_of_JSON_with_what_was_changed_on_it()
    {
        var lines = (await RunAsync("Export", 0, First, Second)).Split('\n').Select(line => System.Text.Json.Nodes.JsonNode.Parse(line)!.AsObject()).ToList();

        Assert.Equal(["worker-1", "worker-2", "worker-3"], lines.Select(line => (string?)line["name"]));
        Assert.All(lines, line => Assert.Equal("workers-20260302", (string?)line["run"]));
        Assert.Equal([2, 2, 0], lines.Select(line => line["packages"]?.AsArray().Count ?? 0));
        Assert.Equal((Change.PatchLevelAfter, null), ((string?)lines[1]["patchLevelAfter"], lines[1]["change"]));
    }

    [Fact]
    public async Task Every_node_is_a_line_of_CSV_as_it_is_shown() =>
        Assert.Equal(Block("Export", 1).Output!.Text, await RunAsync("Export", 1, First, Second));

    [Fact]
    public async Task Records_that_are_whole_are_a_chain()
    {
        var (first, second) = (CanonicalJson.Digest(First), CanonicalJson.Digest(Second));

        Assert.Equal($"- {first}\n{first} {second}\n{second}", await RunAsync("Verify", 0, First, Second));
    }

    [Fact]
    public async Task A_record_that_was_changed_does_not_fit_the_next()
    {
        var forged = First with { Nodes = [First.Nodes[0], First.Nodes[1] with { Result = RecordedResult.Succeeded }] };

        var lines = (await RunAsync("Verify", 0, forged, Second)).Split('\n');

        Assert.NotEqual(lines[0].Split(' ')[1], lines[1].Split(' ')[0]);
    }

    private static (CodeBlock Commands, CodeBlock? Output) Block(string heading, int index) =>
        CommandBlocks.Of(Pages.Of("docs/patchrecords.md"), under => under == heading)[index];

    // With a kubectl that is given the records, and knows of their run the digest of the last.
    private static async Task<string> RunAsync(string heading, int index, params PatchRecordSpec[] records)
    {
        var list = new { items = records.Select(spec => new PatchRecord { Metadata = new V1ObjectMeta { Name = $"{spec.Number}" }, Spec = spec }) };
        var script = $$"""
            kubectl() {
                case "$1 $2" in
                    "get prec") cat ;;
                    "get patchrun") echo '{{CanonicalJson.Digest(records[^1])}}' ;;
                esac
            }
            {{Block(heading, index).Commands.Text}}
            """;
        return (await Command.RunAsync("bash", ["-euo", "pipefail", "-c", script], KubernetesJson.Serialize(list))).Succeeded();
    }
}
