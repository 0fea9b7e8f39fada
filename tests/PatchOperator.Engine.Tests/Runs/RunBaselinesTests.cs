using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Engine.Runs;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Runs.GivenRuns;

namespace PatchOperator.Engine.Tests.Runs;

/// <summary>A run's record names the images that lack what it installed, until they have it.</summary>
public class RunBaselinesTests
{
    private const string First = "sha256:1";
    private const string Second = "sha256:2";

    [Theory]
    [InlineData(null, 0, false, null, "no image has been looked into yet")]
    [InlineData(First, 2, false, 2, "its newest image lacks 2 updates: openssl")]
    [InlineData(First, 0, true, 0, "v-current has everything")]
    [InlineData(Second, 0, false, 0, "v-candidate has everything and waits for its promotion")]
    [InlineData("sha256:3", 0, false, 0, "the image that had everything was not promoted")]
    public void The_record_says_where_each_baseline_stands(string? digest, int missing, bool upToDate, int? shown, string message)
    {
        var coverage = Assert.Single(Of(Run(), Baseline(digest, missing)));

        Assert.Equal(("golden", upToDate, shown, message), (coverage.Name, coverage.UpToDate, coverage.Missing, coverage.Message));
    }

    [Fact]
    public void What_is_closed_stays_closed()
    {
        var run = Run(new BaselineCoverage { Name = "golden", UpToDate = true, Missing = 0, Message = "v-1 has everything" });

        Assert.True(Assert.Single(Of(run, Baseline(First, 5))).UpToDate);
    }

    [Fact]
    public void A_baseline_of_other_policies_is_no_concern() => Assert.Empty(Of(Run(), Baseline(First, 5, policy: "others")));

    [Fact]
    public void A_run_that_patched_no_node_asks_nothing_of_images() =>
        Assert.Empty(Of(Run(succeeded: 0), Baseline(First, 5)));

    /// <summary>Also one that an image has: it is no good there either.</summary>
    [Fact]
    public void A_run_that_is_taken_back_asks_nothing_of_images() => Assert.Empty(
        RunDecider.Decide(Input(Settings()) with { Run = Run(), Baselines = [Baseline(First, 5)], IsTakenBack = true }, []).Status.Baselines);

    private static List<BaselineCoverage> Of(PatchRun run, ImageBaseline baseline) =>
        RunDecider.Decide(Input(Settings()) with { Run = run, Baselines = [baseline] }, []).Status.Baselines;

    private static PatchRun Run(BaselineCoverage? known = null, int succeeded = 1) => new()
    {
        Metadata = new V1ObjectMeta { Name = "workers-run", Uid = "run-uid" },
        Spec = new PatchRunSpec { Policy = new PolicyReference { Name = "workers", Uid = "policy-uid", Generation = 1 } },
        Status = new PatchRunStatus
        {
            Phase = RunPhase.Succeeded,
            Progress = new RunProgress { Succeeded = succeeded, Total = 1 },
            Baselines = known is null ? [] : [known],
        },
    };

    private static ImageBaseline Baseline(string? digest, int missing, string policy = "workers") => new()
    {
        Metadata = new V1ObjectMeta { Name = "golden", Uid = "golden-uid" },
        Spec = new ImageBaselineSpec { Triggers = new ImageTriggers { OnPolicies = [policy] } },
        Status = new ImageBaselineStatus
        {
            Current = new BuiltImage { Digest = First, Version = "v-current" },
            Candidate = new BuiltImage { Digest = Second, Version = "v-candidate" },
            Runs =
            [
                new RunCoverage
                {
                    Run = "workers-run",
                    RunUid = "run-uid",
                    Digest = digest,
                    Missing = missing,
                    Names = ["openssl"],
                    InCurrent = digest == First && missing == 0,
                },
            ],
        },
    };
}
