using PatchOperator.Api;
using PatchOperator.Contract.Images;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Images;
using PatchOperator.Engine.World;
using static PatchOperator.Tests.Images.BaselineStory;

namespace PatchOperator.Tests.Images;

public class BaselineDeciderTests
{
    [Fact]
    public void A_new_baseline_is_built_verified_tagged_and_promoted()
    {
        var story = new BaselineStory().Settle();

        Assert.Equal(
            (ImageJobKind.Build, BuildTrigger.Initial, 1, 1),
            (story.Running.Job.Kind, story.Running.Job.Trigger, story.Running.Job.Number, story.Running.Job.Attempt));
        Assert.Equal(("False", Reasons.NoImage), story.Condition("Ready"));
        Assert.Equal(("True", Reasons.ImageBuildStarted), story.Condition("Reconciling"));

        story.Built('a');

        Assert.Equal("registry.example.com/golden/worker@" + Digest('a'), story.Status.Current?.Reference);
        Assert.Equal(Digest('a'), story.Registry.Tagged.LastOrDefault());
        Assert.Null(story.Status.Candidate);
        Assert.Equal(ImageState.Active, Assert.Single(story.Status.History).State);
        Assert.Equal(
            [("True", Reasons.Accepted), ("True", Reasons.UpToDate), ("True", Reasons.ImageVerified), ("True", Reasons.ImagePromoted)],
            new[] { "Ready", "UpToDate", "Verified", "Promoted" }.Select(story.Condition));
        Assert.All(["Reconciling", "Stalled"], type => Assert.Equal("False", story.Condition(type).Status));
    }

    [Fact]
    public void Nobody_waits_for_a_routine_build_while_there_is_an_image_as_the_spec_asks()
    {
        var story = new BaselineStory().Settle().Built('a').Annotate(ApiGroup.RebuildAnnotation, "now");

        Assert.Equal("True", story.Condition("Ready").Status);
        Assert.Equal(("False", Reasons.ImageBuildStarted), story.Condition("Reconciling"));

        story.Edit(spec => spec with { Recipe = new ImageRecipe { Packages = new ImagePackages { Install = ["curl"] } } });

        Assert.Equal(("False", Reasons.ImageOutdated), story.Condition("Ready"));
        Assert.Equal("True", story.Condition("Reconciling").Status);
    }

    [Fact]
    public void An_image_that_the_registry_does_not_have_is_never_promoted()
    {
        var story = new BaselineStory().Settle().Built('a', pushed: false);

        Assert.Null(story.Status.Current);
        Assert.Equal(("True", Reasons.ResultInvalid), story.Condition("Stalled"));
        Assert.Contains("has no such image", story.Message("Ready"), StringComparison.Ordinal);
        Assert.Single(story.Started);
    }

    [Fact]
    public void A_registry_that_is_away_delays_and_never_fails()
    {
        var story = new BaselineStory().Settle();
        story.Registry.Away = "connection refused";
        story.Built('a');

        Assert.Equal(("True", Reasons.RegistryUnavailable), story.Condition("Reconciling"));
        Assert.Contains("connection refused", story.Message("Reconciling"), StringComparison.Ordinal);

        story.Later(TimeSpan.FromHours(2));
        story.Registry.Away = null;
        story.Later(TimeSpan.FromSeconds(30));

        Assert.Equal(Digest('a'), story.Status.Current?.Digest);
        Assert.Single(story.Started);
    }

    [Fact]
    public void A_failure_that_passes_is_tried_again_with_backoff()
    {
        var story = new BaselineStory().Settle();
        var pauses = new List<double>();
        for (var attempt = 1; attempt <= 8; attempt++)
        {
            Assert.Equal((1, attempt), (story.Running.Job.Number, story.Running.Job.Attempt));
            story.Failed(ImageExitCodes.TryAgain, "RegistryUnavailable", "report");
            Assert.Equal(
                ("False", "False", "True"), (story.Condition("Ready").Status, story.Condition("Stalled").Status, story.Condition("Reconciling").Status));
            pauses.Add((story.Status.Job!.RetryAt!.Value - story.Now).TotalSeconds);
            story.Later(TimeSpan.FromSeconds(pauses[^1]));
        }

        Assert.Equal([30, 60, 120, 240, 480, 960, 1800, 1800], pauses);
        Assert.Equal(Digest('a'), story.Built('a').Status.Current?.Digest);
        Assert.Single(story.Started.Select(request => request.Job.Number).Distinct());
    }

    [Fact]
    public void A_bad_recipe_stalls_until_the_spec_is_edited()
    {
        var story = new BaselineStory().Settle().Failed(ImageExitCodes.BadRecipe);

        Assert.Equal(("True", "RecipeFailed"), story.Condition("Stalled"));
        story.Later(TimeSpan.FromDays(30));
        Assert.Single(story.Started);

        story.Edit(spec => spec with { Recipe = spec.Recipe with { Packages = new ImagePackages { Install = ["curl"] } } });
        Assert.Equal(BuildTrigger.SpecChanged, story.Running.Job.Trigger);
    }

    [Fact]
    public void A_person_can_have_a_failed_recipe_tried_again_as_it_is()
    {
        var story = new BaselineStory().Settle().Failed(ImageExitCodes.BadRecipe).Annotate(ApiGroup.RebuildAnnotation, "now");

        Assert.Equal((BuildTrigger.Manual, 2), (story.Running.Job.Trigger, story.Running.Job.Number));
        Assert.Empty(story.Baseline.Metadata.Annotations);
        story.Built('a');
        Assert.Equal(2, story.Started.Count);
    }

    [Fact]
    public void A_job_that_leaves_no_report_again_and_again_fails_at_last()
    {
        var story = new BaselineStory().Settle();
        for (var attempt = 1; attempt <= 5; attempt++)
        {
            story.Lost();
            story.Later(TimeSpan.FromHours(1));
        }

        Assert.Equal(("True", Reasons.ReportMissing), story.Condition("Stalled"));
        Assert.Equal(5, story.Started.Count);
    }

    [Fact]
    public void What_a_builder_says_cannot_steer_a_terminal()
    {
        var story = new BaselineStory()
            .Settle()
            .Failed(ImageExitCodes.BadRecipe, message: "\u001b[2J\aall is well");

        Assert.Equal(" [2J all is well", story.Status.LastBuild!.Failure!.Message);
    }

    [Fact]
    public void A_failed_test_rejects_the_image_and_is_named()
    {
        var story = new BaselineStory(spec => spec with { Tests = [new ImageTest { Name = "boots", Command = ["true"] }] })
            .Settle()
            .Built('a', tests: new ImageTestOutcome("boots", Passed: false, "exit code 1"));

        Assert.Null(story.Status.Current);
        Assert.Equal(("False", Reasons.TestFailed), story.Condition("Verified"));
        Assert.Contains("test 'boots' failed: exit code 1", story.Message("Verified"), StringComparison.Ordinal);
        Assert.Equal(Reasons.TestFailed, Assert.Single(story.Status.Rejected).Reason);
    }

    [Fact]
    public void An_image_without_a_result_for_each_test_is_not_believed() =>
        Assert.Equal(
            ("False", Reasons.ResultInvalid),
            new BaselineStory(spec => spec with { Tests = [new ImageTest { Name = "boots", Command = ["true"] }] }).Settle().Built('a').Condition("Verified"));

    [Theory]
    [InlineData("a fix that cannot be installed", 1, 1, 0, Reasons.SecurityUpdatesPending)]
    [InlineData("another update that cannot be installed", 1, 0, 0, null)]
    [InlineData("a package that is not whole", 0, 0, 1, Reasons.PackagesIncomplete)]
    public void What_is_blocked_or_broken_in_an_image_is_held_against_the_gate(string story, int blocked, int security, int incomplete, string? reason)
    {
        _ = story;
        var world = new BaselineStory().Settle();

        world.Registry.Stored.Add(Digest('a'));
        var found = world.Found('a');
        world.End(found with { Findings = found.Findings! with { Blocked = blocked, BlockedSecurity = security, Incomplete = incomplete } });

        Assert.Equal(reason, world.Status.LastBuild!.Failure?.Reason);
    }

    [Theory]
    [InlineData(1, 0, Reasons.UpdatesBlocked)]
    [InlineData(0, 1, Reasons.PackagesIncomplete)]
    [InlineData(0, 0, Reasons.UpToDate)]
    public void An_image_with_something_blocked_or_broken_is_not_up_to_date(int security, int incomplete, string reason)
    {
        var world = new BaselineStory(spec => spec with { Gate = new ImageGate { OnFinding = GateAction.Report } }).Settle();

        world.Registry.Stored.Add(Digest('a'));
        var found = world.Found('a');
        world.End(found with { Findings = found.Findings! with { Blocked = security, BlockedSecurity = security, Incomplete = incomplete } });

        Assert.Equal(reason, world.Condition("UpToDate").Reason);
    }

    [Theory]
    [InlineData(GateAction.Fail, 0, 2, false)]
    [InlineData(GateAction.Fail, 2, 2, true)]
    [InlineData(GateAction.Report, 0, 2, true)]
    public void Pending_security_updates_are_held_against_the_gate(GateAction action, int allowed, int pending, bool promoted)
    {
        var story = new BaselineStory(spec => spec with { Gate = new ImageGate { OnFinding = action, MaxPendingSecurity = allowed } })
            .Settle()
            .Built('a', security: pending);

        Assert.Equal(promoted ? Digest('a') : null, story.Status.Current?.Digest);
        if (promoted)
            Assert.Equal(("False", Reasons.UpdatesPending), story.Condition("UpToDate"));
        else
            Assert.Equal(("False", Reasons.SecurityUpdatesPending), story.Condition("Promoted"));
    }

    [Fact]
    public void A_failing_new_image_leaves_the_current_one_in_place()
    {
        var story = new BaselineStory().Settle().Built('a')
            .Edit(spec => spec with { Recipe = new ImageRecipe { Updates = ImageUpdates.None } })
            .Built('b', security: 3);

        Assert.Equal((Digest('a'), Digest('a')), (story.Status.Current?.Digest, story.Registry.Tagged.LastOrDefault()));
        Assert.Equal(("False", Reasons.SecurityUpdatesPending), story.Condition("Ready"));
        Assert.Contains("the current image stays v-a", story.Message("Ready"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_content_built_again_changes_nothing()
    {
        var story = new BaselineStory().Settle().Built('a');
        var builtAt = story.Status.Current!.BuiltAt;
        story.Later(TimeSpan.FromHours(1)).Annotate(ApiGroup.RebuildAnnotation, "now").Built('a');

        Assert.Equal((builtAt, 1), (story.Status.Current!.BuiltAt, story.Status.History.Count));
        Assert.Equal(story.Now, story.Status.Current.ScannedAt);
        Assert.Empty(story.Status.Rejected);
    }

    [Fact]
    public void A_build_of_an_outdated_spec_is_given_up()
    {
        var story = new BaselineStory().Settle();
        var first = story.Running.Job.Name;
        story.Edit(spec => spec with { Source = new ImageSource { Suite = "trixie" } });

        Assert.DoesNotContain(first, story.Jobs);
        Assert.Equal(2, story.Running.Job.Number);
    }

    [Fact]
    public void What_does_not_decide_what_is_built_builds_nothing_anew()
    {
        var story = new BaselineStory().Settle().Built('a');
        story.Edit(spec => spec with
        {
            Retention = new ImageRetention { Keep = 1 },
            Scan = new ScanSettings { Interval = "6h" },
            Promotion = new ImagePromotion { Soak = "1d" },
            Output = spec.Output with { TagTemplate = "{time}" },
        });

        Assert.Single(story.Started);
    }

    [Fact]
    public void A_suspended_baseline_finishes_what_is_under_way_and_begins_nothing()
    {
        var story = new BaselineStory().Settle().Edit(spec => spec with { Suspend = true }).Built('a');

        Assert.Equal(Digest('a'), story.Status.Candidate?.Digest);
        Assert.Equal(("False", Reasons.Suspended), story.Condition("Reconciling"));
        story.Later(TimeSpan.FromDays(10));
        Assert.Single(story.Started);

        story.Edit(spec => spec with { Suspend = false });
        Assert.Equal(Digest('a'), story.Status.Current?.Digest);
    }

    [Fact]
    public void An_invalid_spec_is_named_and_nothing_is_done()
    {
        var story = new BaselineStory(spec => spec with { Source = new ImageSource() }).Settle();

        Assert.Empty(story.Started);
        Assert.Equal(("True", Reasons.InvalidSpec), story.Condition("Stalled"));
        Assert.Equal("spec.source.suite: must name a suite such as bookworm with type Suite", story.Message("Ready"));
    }

    [Fact]
    public void Jobs_that_nobody_waits_for_are_deleted_and_the_last_builds_stays_to_be_looked_at()
    {
        var story = new BaselineStory().Settle();
        story.LeaveOver("left-over");
        story.Built('a');

        Assert.Equal([story.Status.LastBuild!.Job], story.Jobs);
    }

    [Fact]
    public void A_volume_needs_no_registry()
    {
        var story = new BaselineStory(spec => spec with
        {
            Output = new ImageOutput { Format = ImageFormat.RawDisk, Volume = new ImageVolume { ClaimName = "images", Path = "worker" } },
        });
        story.Registry.Away = "there is none";
        story.Settle().Built('a', pushed: false);

        Assert.Equal($"images/worker/v-a.raw@{Digest('a')}", story.Status.Current?.Reference);
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
        var story = new BaselineStory(Identified);
        story.Node("node-1", value).Settle().Built('a');

        Assert.Equal(
            (1, onCurrent, unknown, 0), (story.Status.Nodes!.Total, story.Status.Nodes.OnCurrent, story.Status.Nodes.Unknown, story.Status.Nodes.Outdated));
    }

    [Fact]
    public void Nodes_of_a_revoked_image_are_shouted_about()
    {
        var story = new BaselineStory(Identified).Settle().Built('a');
        story.Node("old-1", "v-a");
        story.Annotate(ApiGroup.RebuildAnnotation, "now").Built('b').Edit(spec => spec with { Revoked = [Digest('a')] });

        Assert.Equal(("False", Reasons.RevokedInUse), story.Condition("Ready"));
        Assert.Equal("1 live nodes came from a revoked image and must be replaced: old-1", story.Message("Ready"));
        Assert.Equal(("True", Reasons.RevokedInUse), story.Condition("Stalled"));
        Assert.Single(story.Events, happened => happened.StartsWith(Reasons.RevokedInUse, StringComparison.Ordinal));
        Assert.Equal((ImageState.Revoked, 1), (story.Status.History[1].State, story.Status.History[1].Nodes));
        Assert.Equal((0, 1, 1), (story.Status.Nodes!.OnCurrent, story.Status.Nodes.Outdated, story.Status.Nodes.OnRevoked));
    }

    [Fact]
    public void A_revoked_current_image_is_built_anew_and_never_promoted_again()
    {
        var story = new BaselineStory().Settle().Built('a').Edit(spec => spec with { Revoked = [Digest('a')] });

        Assert.Equal(BuildTrigger.Revoked, story.Running.Job.Trigger);
        story.Built('a');
        Assert.Equal(("False", Reasons.ImageRevoked), story.Condition("Ready"));
        Assert.Equal(2, story.Started.Count);
    }

    [Fact]
    public void How_a_Job_ended_is_told()
    {
        var story = new BaselineStory(spec => spec with { Retention = new ImageRetention { Failed = 5 } }).Settle();
        List<string> Told(Action happens)
        {
            var before = story.Events.Count();
            happens();
            return [.. story.Events.Skip(before).Where(told => !told.StartsWith("ImageBuildStarted", StringComparison.Ordinal))];
        }

        Assert.Equal([$"{Reasons.ImageBuildFailed}: build: RecipeFailed: it did not work"], Told(() => story.Failed(ImageExitCodes.BadRecipe)));
        story.Annotate(ApiGroup.RebuildAnnotation, "now");
        var rejected = Assert.Single(Told(() => story.Built('a', security: 2)));
        Assert.Equal($"{Reasons.ImageRejected}: v-a ({Digest('a')}): {story.Status.LastBuild!.Failure!.Message}", rejected);
        story.Annotate(ApiGroup.RebuildAnnotation, "now");
        Assert.Equal(
            [$"{Reasons.ImageVerified}: v-b ({Digest('b')}) passed its tests and its gate", $"{Reasons.ImagePromoted}: v-b ({Digest('b')}) is the current image"],
            Told(() => story.Built('b')));
        story.Annotate(ApiGroup.RebuildAnnotation, "now");
        Assert.Equal([$"{Reasons.ImageUnchanged}: the build gave v-b again, the current image"], Told(() => story.Built('b')));
        story.Later(TimeSpan.FromDays(1));
        Assert.Equal([$"{Reasons.ImageScanFailed}: pull: ImageNotFound: it did not work"], Told(() => story.Failed(ImageExitCodes.BadRecipe, ImageReasons.ImageNotFound, "pull")));
    }

    [Fact]
    public void A_scan_that_fails_leaves_the_image_as_it_is_and_says_that_nobody_knows()
    {
        var story = new BaselineStory().Settle().Built('a').Later(TimeSpan.FromDays(1)).Failed(ImageExitCodes.BadRecipe, ImageReasons.ImageNotFound, "pull");

        Assert.Equal((Digest('a'), Noon), (story.Status.Current?.Digest, story.Status.Current?.ScannedAt));
        Assert.Equal(("Unknown", ImageReasons.ImageNotFound), story.Condition("UpToDate"));
        Assert.Equal(("True", Reasons.Accepted), story.Condition("Ready"));
        story.Later(TimeSpan.FromHours(23));
        Assert.Equal(2, story.Started.Count);
        story.Later(TimeSpan.FromHours(1)).Scanned();
        Assert.Equal(("True", Reasons.UpToDate), story.Condition("UpToDate"));
    }

    [Fact]
    public void What_is_refused_shows_beside_what_was_known_and_is_told_once()
    {
        var baseline = new BaselineStory().Settle().Built('a').Baseline;
        var refusal = new Refusal(new DeleteJob("left-over"), "the API server refused to delete Job left-over: not yours");

        var first = new BaselineDecider().Refused(baseline, Snapshot.Empty, refusal, Noon);

        Assert.Equal(
            [
                ("Ready", "True", Reasons.Accepted), ("UpToDate", "True", Reasons.UpToDate), ("Verified", "True", Reasons.ImageVerified),
                ("Promoted", "True", Reasons.ImagePromoted), ("Reconciling", "True", Reasons.ApiRefused), ("Stalled", "False", Reasons.ApiRefused),
            ],
            first.Status.Conditions.Select(condition => (condition.Type, condition.Status, condition.Reason)));
        Assert.Equal(refusal.Message, first.Status.Conditions.Single(condition => condition.Type == "Reconciling").Message);
        Assert.Equal(baseline.Status with { Conditions = first.Status.Conditions }, first.Status);
        Assert.Equal((TimeSpan.FromSeconds(10), refusal.Message, 0), (first.WakeUp, first.Why, first.Effects.Count));
        Assert.Equal([new EngineEvent(Reasons.ApiRefused, refusal.Message, Warning: true)], first.Events);

        var known = new ImageBaseline { Metadata = baseline.Metadata, Spec = baseline.Spec, Status = first.Status };
        Assert.Empty(new BaselineDecider().Refused(known, Snapshot.Empty, refusal, Noon.AddSeconds(10)).Events);
        Assert.Single(new BaselineDecider().Refused(known, Snapshot.Empty, refusal with { Message = "the API server refused something else" }, Noon).Events);
    }

    internal static ImageBaselineSpec Identified(ImageBaselineSpec spec) =>
        spec with
        {
            Nodes = new ImageNodes { Selector = new k8s.Models.V1LabelSelector(), IdentifyBy = new ImageIdentity { Annotation = ImageAnnotation } },
        };
}
