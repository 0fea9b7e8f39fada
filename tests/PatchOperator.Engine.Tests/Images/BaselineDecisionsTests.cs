using PatchOperator.Api;
using PatchOperator.Engine.Facts;
using static PatchOperator.Engine.Tests.Given;
using static PatchOperator.Engine.Tests.Images.BaselineWorld;

namespace PatchOperator.Engine.Tests.Images;

public class BaselineDecisionsTests
{
    [Fact]
    public void A_new_baseline_is_built_verified_tagged_and_promoted()
    {
        var world = new BaselineWorld().Settle();

        Assert.Equal((ImageJobKind.Build, BuildTrigger.Initial, 1, 1), (world.Running.Job.Kind, world.Running.Job.Trigger, world.Running.Job.Number, world.Running.Job.Attempt));
        Assert.Equal(("False", Reasons.NoImage), world.Condition("Ready"));
        Assert.Equal(("True", Reasons.ImageBuildStarted), world.Condition("Reconciling"));

        world.Built('a');

        Assert.Equal("registry.example.com/golden/worker@" + Digest('a'), world.Status.Current?.Reference);
        Assert.Equal(Digest('a'), world.Tagged);
        Assert.Null(world.Status.Candidate);
        Assert.Equal(ImageState.Active, Assert.Single(world.Status.History).State);
        Assert.All(["Ready", "UpToDate", "Verified", "Promoted"], type => Assert.Equal("True", world.Condition(type).Status));
        Assert.All(["Reconciling", "Stalled"], type => Assert.Equal("False", world.Condition(type).Status));
    }

    [Fact]
    public void Nobody_waits_for_a_routine_build_while_there_is_an_image_as_the_spec_asks()
    {
        var world = new BaselineWorld().Settle().Built('a').Annotate(ApiGroup.RebuildAnnotation, "now");

        Assert.Equal("True", world.Condition("Ready").Status);
        Assert.Equal(("False", Reasons.ImageBuildStarted), world.Condition("Reconciling"));

        world.Edit(spec => spec with { Recipe = new ImageRecipe { Packages = new ImagePackages { Install = ["curl"] } } });

        Assert.Equal(("False", Reasons.ImageOutdated), world.Condition("Ready"));
        Assert.Equal("True", world.Condition("Reconciling").Status);
    }

    [Fact]
    public void An_image_that_the_registry_does_not_have_is_never_promoted()
    {
        var world = new BaselineWorld().Settle().Built('a', pushed: false);

        Assert.Null(world.Status.Current);
        Assert.Equal(("True", Reasons.ResultInvalid), world.Condition("Stalled"));
        Assert.Contains("has no such image", world.Message("Ready"), StringComparison.Ordinal);
        Assert.Single(world.Created);
    }

    [Fact]
    public void A_registry_that_is_away_delays_and_never_fails()
    {
        var world = new BaselineWorld().Settle();
        world.RegistryProblem = "connection refused";
        world.Built('a');

        Assert.Equal(("True", Reasons.RegistryUnavailable), world.Condition("Reconciling"));
        Assert.Contains("connection refused", world.Message("Reconciling"), StringComparison.Ordinal);

        world.Later(TimeSpan.FromHours(2));
        world.RegistryProblem = null;
        world.Later(TimeSpan.FromSeconds(30));

        Assert.Equal(Digest('a'), world.Status.Current?.Digest);
        Assert.Single(world.Created);
    }

    [Fact]
    public void A_failure_that_passes_is_tried_again_with_backoff()
    {
        var world = new BaselineWorld().Settle();
        var pauses = new List<double>();
        for (var attempt = 1; attempt <= 8; attempt++)
        {
            Assert.Equal((1, attempt), (world.Running.Job.Number, world.Running.Job.Attempt));
            world.Failed(ImageJobEnd.TryAgain, "RegistryUnavailable", "report");
            Assert.Equal(("False", "False", "True"), (world.Condition("Ready").Status, world.Condition("Stalled").Status, world.Condition("Reconciling").Status));
            pauses.Add((world.Status.Job!.RetryAt!.Value - world.Now).TotalSeconds);
            world.Later(TimeSpan.FromSeconds(pauses[^1]));
        }

        Assert.Equal([30, 60, 120, 240, 480, 960, 1800, 1800], pauses);
        Assert.Equal(Digest('a'), world.Built('a').Status.Current?.Digest);
        Assert.Single(world.Created.Select(request => request.Job.Number).Distinct());
    }

    [Fact]
    public void A_bad_recipe_stalls_until_the_spec_is_edited()
    {
        var world = new BaselineWorld().Settle().Failed(ImageJobEnd.BadRecipe);

        Assert.Equal(("True", "RecipeFailed"), world.Condition("Stalled"));
        world.Later(TimeSpan.FromDays(30));
        Assert.Single(world.Created);

        world.Edit(spec => spec with { Recipe = spec.Recipe with { Packages = new ImagePackages { Install = ["curl"] } } });
        Assert.Equal(BuildTrigger.SpecChanged, world.Running.Job.Trigger);
    }

    [Fact]
    public void A_person_can_have_a_failed_recipe_tried_again_as_it_is()
    {
        var world = new BaselineWorld().Settle().Failed(ImageJobEnd.BadRecipe).Annotate(ApiGroup.RebuildAnnotation, "now");

        Assert.Equal((BuildTrigger.Manual, 2), (world.Running.Job.Trigger, world.Running.Job.Number));
        Assert.Empty(world.Baseline.Metadata.Annotations);
        world.Built('a');
        Assert.Equal(2, world.Created.Count);
    }

    [Fact]
    public void A_job_that_leaves_no_report_again_and_again_fails_at_last()
    {
        var world = new BaselineWorld().Settle();
        for (var attempt = 1; attempt <= 5; attempt++)
        {
            world.Lost();
            world.Later(TimeSpan.FromHours(1));
        }

        Assert.Equal(("True", Reasons.ReportMissing), world.Condition("Stalled"));
        Assert.Equal(5, world.Created.Count);
    }

    [Fact]
    public void What_a_builder_says_cannot_steer_a_terminal()
    {
        var world = new BaselineWorld().Settle().End(new ImageJobReport { End = ImageJobEnd.BadRecipe, Step = "build", Reason = "RecipeFailed", Message = "\u001b[2J\aall is well" });

        Assert.Equal(" [2J all is well", world.Status.LastBuild!.Failure!.Message);
    }

    [Fact]
    public void A_failed_test_rejects_the_image_and_is_named()
    {
        var world = new BaselineWorld(spec => spec with { Tests = [new ImageTest { Name = "boots", Command = ["true"] }] })
            .Settle()
            .Built('a', tests: new ImageTestResult { Name = "boots", Passed = false, Message = "exit code 1" });

        Assert.Null(world.Status.Current);
        Assert.Equal(("False", Reasons.TestFailed), world.Condition("Verified"));
        Assert.Contains("test 'boots' failed: exit code 1", world.Message("Verified"), StringComparison.Ordinal);
        Assert.Equal(Reasons.TestFailed, Assert.Single(world.Status.Rejected).Reason);
    }

    [Fact]
    public void An_image_without_a_result_for_each_test_is_not_believed() =>
        Assert.Equal(
            ("False", Reasons.ResultInvalid),
            new BaselineWorld(spec => spec with { Tests = [new ImageTest { Name = "boots", Command = ["true"] }] }).Settle().Built('a').Condition("Verified"));

    [Theory]
    [InlineData("a fix that cannot be installed", 1, 1, 0, Reasons.SecurityUpdatesPending)]
    [InlineData("another update that cannot be installed", 1, 0, 0, null)]
    [InlineData("a package that is not whole", 0, 0, 1, Reasons.PackagesIncomplete)]
    public void What_is_blocked_or_broken_in_an_image_is_held_against_the_gate(string story, int blocked, int security, int incomplete, string? reason)
    {
        _ = story;
        var world = new BaselineWorld().Settle();

        world.Stored.Add(Digest('a'));
        world.End(world.Found('a') with { Pending = new PendingCount { Blocked = blocked, BlockedSecurity = security }, Incomplete = incomplete });

        Assert.Equal(reason, world.Status.LastBuild!.Failure?.Reason);
    }

    [Theory]
    [InlineData(1, 0, Reasons.UpdatesBlocked)]
    [InlineData(0, 1, Reasons.PackagesIncomplete)]
    [InlineData(0, 0, Reasons.UpToDate)]
    public void An_image_with_something_blocked_or_broken_is_not_up_to_date(int security, int incomplete, string reason)
    {
        var world = new BaselineWorld(spec => spec with { Gate = new ImageGate { OnFinding = GateAction.Report } }).Settle();

        world.Stored.Add(Digest('a'));
        world.End(world.Found('a') with { Pending = new PendingCount { Blocked = security, BlockedSecurity = security }, Incomplete = incomplete });

        Assert.Equal(reason, world.Condition("UpToDate").Reason);
    }

    [Theory]
    [InlineData(GateAction.Fail, 0, 2, false)]
    [InlineData(GateAction.Fail, 2, 2, true)]
    [InlineData(GateAction.Report, 0, 2, true)]
    public void Pending_security_updates_are_held_against_the_gate(GateAction action, int allowed, int pending, bool promoted)
    {
        var world = new BaselineWorld(spec => spec with { Gate = new ImageGate { OnFinding = action, MaxPendingSecurity = allowed } }).Settle().Built('a', security: pending);

        Assert.Equal(promoted ? Digest('a') : null, world.Status.Current?.Digest);
        if (promoted)
            Assert.Equal(("False", Reasons.UpdatesPending), world.Condition("UpToDate"));
        else
            Assert.Equal(("False", Reasons.SecurityUpdatesPending), world.Condition("Promoted"));
    }

    [Fact]
    public void A_failing_new_image_leaves_the_current_one_in_place()
    {
        var world = new BaselineWorld().Settle().Built('a')
            .Edit(spec => spec with { Recipe = new ImageRecipe { Updates = ImageUpdates.None } })
            .Built('b', security: 3);

        Assert.Equal((Digest('a'), Digest('a')), (world.Status.Current?.Digest, world.Tagged));
        Assert.Equal(("False", Reasons.SecurityUpdatesPending), world.Condition("Ready"));
        Assert.Contains("the current image stays v-a", world.Message("Ready"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_content_built_again_changes_nothing()
    {
        var world = new BaselineWorld().Settle().Built('a');
        var builtAt = world.Status.Current!.BuiltAt;
        world.Later(TimeSpan.FromHours(1)).Annotate(ApiGroup.RebuildAnnotation, "now").Built('a');

        Assert.Equal((builtAt, 1), (world.Status.Current!.BuiltAt, world.Status.History.Count));
        Assert.Equal(world.Now, world.Status.Current.ScannedAt);
        Assert.Empty(world.Status.Rejected);
    }

    [Fact]
    public void A_build_of_an_outdated_spec_is_given_up()
    {
        var world = new BaselineWorld().Settle();
        var first = world.Running.Job.Name;
        world.Edit(spec => spec with { Source = new ImageSource { Suite = "trixie" } });

        Assert.DoesNotContain(first, world.Jobs.Keys);
        Assert.Equal(2, world.Running.Job.Number);
    }

    [Fact]
    public void What_does_not_decide_what_is_built_builds_nothing_anew()
    {
        var world = new BaselineWorld().Settle().Built('a');
        world.Edit(spec => spec with
        {
            Retention = new ImageRetention { Keep = 1 },
            Scan = new ScanSettings { Interval = "6h" },
            Promotion = new ImagePromotion { Soak = "1d" },
            Output = spec.Output with { TagTemplate = "{time}" },
        });

        Assert.Single(world.Created);
    }

    [Fact]
    public void A_suspended_baseline_finishes_what_is_under_way_and_begins_nothing()
    {
        var world = new BaselineWorld().Settle().Edit(spec => spec with { Suspend = true }).Built('a');

        Assert.Equal(Digest('a'), world.Status.Candidate?.Digest);
        Assert.Equal(("False", Reasons.Suspended), world.Condition("Reconciling"));
        world.Later(TimeSpan.FromDays(10));
        Assert.Single(world.Created);

        world.Edit(spec => spec with { Suspend = false });
        Assert.Equal(Digest('a'), world.Status.Current?.Digest);
    }

    [Fact]
    public void An_invalid_spec_is_named_and_nothing_is_done()
    {
        var world = new BaselineWorld(spec => spec with { Source = new ImageSource() }).Settle();

        Assert.Empty(world.Created);
        Assert.Equal(("True", Reasons.InvalidSpec), world.Condition("Stalled"));
        Assert.Equal("spec.source.suite: must name a suite such as bookworm with type Suite", world.Message("Ready"));
    }

    [Fact]
    public void Jobs_that_nobody_waits_for_are_deleted_and_the_last_builds_stays_to_be_looked_at()
    {
        var world = new BaselineWorld().Settle();
        world.Jobs["left-over"] = new ImageJobFacts { Name = "left-over" };
        world.Built('a');

        Assert.Equal([world.Status.LastBuild!.Job], world.Jobs.Keys);
    }

    [Fact]
    public void A_volume_needs_no_registry()
    {
        var world = new BaselineWorld(spec => spec with
        {
            Output = new ImageOutput { Format = ImageFormat.RawDisk, Volume = new ImageVolume { ClaimName = "images", Path = "worker" } },
        });
        world.RegistryProblem = "there is none";
        world.Settle().Built('a', pushed: false);

        Assert.Equal($"images/worker/v-a.raw@{Digest('a')}", world.Status.Current?.Reference);
    }

    [Theory]
    [InlineData("v-a", 1, 0)]
    [InlineData("golden v-a (stable)", 1, 0)]
    [InlineData("registry.example.com/golden/worker@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 1, 0)]
    [InlineData("v-ab", 0, 1)]
    [InlineData("dev-a", 0, 1)]
    [InlineData(null, 0, 1)]
    public void A_node_says_what_image_it_came_from(string? value, int onCurrent, int unknown)
    {
        var world = new BaselineWorld(Identified);
        world.Nodes.Add(ANode() with { Annotations = value is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["example.com/image"] = value } });
        world.Settle().Built('a');

        Assert.Equal((1, onCurrent, unknown, 0), (world.Status.Nodes!.Total, world.Status.Nodes.OnCurrent, world.Status.Nodes.Unknown, world.Status.Nodes.Outdated));
    }

    [Fact]
    public void Nodes_of_a_revoked_image_are_shouted_about()
    {
        var world = new BaselineWorld(Identified).Settle().Built('a');
        world.Nodes.Add(ANode("old-1") with { Annotations = new Dictionary<string, string> { ["example.com/image"] = "v-a" } });
        world.Annotate(ApiGroup.RebuildAnnotation, "now").Built('b').Edit(spec => spec with { Revoked = [Digest('a')] });

        Assert.Equal(("False", Reasons.RevokedInUse), world.Condition("Ready"));
        Assert.Equal("1 live nodes came from a revoked image and must be replaced: old-1", world.Message("Ready"));
        Assert.Equal(("True", Reasons.RevokedInUse), world.Condition("Stalled"));
        Assert.Single(world.Events, happened => happened.StartsWith(Reasons.RevokedInUse, StringComparison.Ordinal));
        Assert.Equal((ImageState.Revoked, 1), (world.Status.History[1].State, world.Status.History[1].Nodes));
        Assert.Equal((0, 1, 1), (world.Status.Nodes!.OnCurrent, world.Status.Nodes.Outdated, world.Status.Nodes.OnRevoked));
    }

    [Fact]
    public void A_revoked_current_image_is_built_anew_and_never_promoted_again()
    {
        var world = new BaselineWorld().Settle().Built('a').Edit(spec => spec with { Revoked = [Digest('a')] });

        Assert.Equal(BuildTrigger.Revoked, world.Running.Job.Trigger);
        world.Built('a');
        Assert.Equal(("False", Reasons.ImageRevoked), world.Condition("Ready"));
        Assert.Equal(2, world.Created.Count);
    }

    internal static ImageBaselineSpec Identified(ImageBaselineSpec spec) =>
        spec with { Nodes = new ImageNodes { Selector = new k8s.Models.V1LabelSelector(), IdentifyBy = new ImageIdentity { Annotation = "example.com/image" } } };
}
