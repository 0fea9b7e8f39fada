using PatchOperator.Api;
using PatchOperator.Contract.Images;
using static PatchOperator.Tests.Images.BaselineStory;

namespace PatchOperator.Tests.Images;

public class BuildTriggersTests
{
    [Fact]
    public void The_image_is_scanned_at_its_interval_and_nothing_happens_while_nothing_is_pending()
    {
        var story = new BaselineStory().Settle().Built('a');
        story.Later(TimeSpan.FromHours(23));
        Assert.Single(story.Started);

        story.Later(TimeSpan.FromHours(1)).Scanned();
        Assert.Equal(2, story.Started.Count);
        Assert.Equal(story.Now, story.Status.Current?.ScannedAt);
        Assert.Equal("True", story.Condition("UpToDate").Status);
    }

    [Theory]
    [InlineData(ImagePendingTrigger.Security, 1, 1, true)]
    [InlineData(ImagePendingTrigger.Security, 0, 5, false)]
    [InlineData(ImagePendingTrigger.All, 0, 5, true)]
    [InlineData(ImagePendingTrigger.Never, 1, 5, false)]
    public void Updates_that_come_out_for_the_image_have_it_built(ImagePendingTrigger trigger, int security, int total, bool built)
    {
        var story = new BaselineStory(spec => spec with { Triggers = new ImageTriggers { OnPendingUpdates = trigger } }).Settle().Built('a')
            .Later(TimeSpan.FromDays(1)).Scanned(security, total);

        Assert.Equal(built ? BuildTrigger.PendingUpdates : null, story.Started.Count == 3 ? story.Running.Job.Trigger : null);
        if (built)
            Assert.Equal("True", story.Built('b').Condition("UpToDate").Status);
    }

    [Fact]
    public void A_rebuild_that_does_not_help_is_made_once_per_interval()
    {
        var story = new BaselineStory(spec => spec with { Gate = new ImageGate { OnFinding = GateAction.Report } }).Settle().Built('a', security: 1);
        Assert.Single(story.Started);

        story.Later(TimeSpan.FromDays(1)).Built('a', security: 1);
        Assert.Equal(2, story.Started.Count);
        story.Later(TimeSpan.FromHours(23));
        Assert.Equal(2, story.Started.Count);
        Assert.Equal(new NextBuild { At = story.Now.AddHours(1), Trigger = BuildTrigger.PendingUpdates }, story.Status.NextBuild);
    }

    [Fact]
    public void A_run_that_brought_nodes_further_than_the_image_has_it_built_without_anyone_asking()
    {
        var story = new BaselineStory(OnWorkers).Settle().Built('a').Later(TimeSpan.FromHours(1)).PatchedNodes();
        Assert.Equal((ImageJobKind.Scan, "openssl"), (story.Running.Job.Kind, story.Running.Request.Expected.Single().Updates.Single().Name));

        story.Scanned(missing: 1);
        Assert.Equal(("False", Reasons.BehindNodes), story.Condition("UpToDate"));
        Assert.Equal(BuildTrigger.LiveDrift, story.Running.Job.Trigger);
        Assert.Contains(
            story.Events, happened => happened.Contains("nodes have what the image lacks: 1 updates of run workers-1 (openssl)", StringComparison.Ordinal));

        story.Built('b');
        Assert.Equal((Digest('b'), 0), (story.Status.Runs.Single().Digest, story.Status.Runs.Single().Missing));
        Assert.Equal("True", story.Condition("UpToDate").Status);
        Assert.Equal(3, story.Started.Count);
    }

    [Fact]
    public void A_candidate_that_closes_the_drift_does_not_make_the_current_image_up_to_date()
    {
        var story = new BaselineStory(spec => OnWorkers(spec) with { Promotion = new ImagePromotion { Mode = PromotionMode.Manual } }).Settle().Built('a')
            .Annotate(ApiGroup.PromoteAnnotation, Digest('a')).Later(TimeSpan.FromHours(1)).PatchedNodes().Scanned(missing: 1).Built('b');

        Assert.Equal(("False", Reasons.BehindNodes), story.Condition("UpToDate"));
        Assert.Equal("nodes have updates of run workers-1; v-b has them and waits for its promotion", story.Message("UpToDate"));

        story.Annotate(ApiGroup.PromoteAnnotation, Digest('b'));
        Assert.Equal("True", story.Condition("UpToDate").Status);

        // Back to what lacked it: nothing that was known of the other image counts.
        story.Annotate(ApiGroup.PromoteAnnotation, Digest('a')).Scanned(missing: 1);
        Assert.Equal(("False", Reasons.BehindNodes), story.Condition("UpToDate"));
    }

    [Fact]
    public void A_run_whose_updates_the_image_has_builds_nothing()
    {
        var story = new BaselineStory(OnWorkers).Settle().Built('a').PatchedNodes().Scanned(missing: 0);

        Assert.Equal(2, story.Started.Count);
        story.Later(TimeSpan.FromHours(12));
        Assert.Equal(2, story.Started.Count);
    }

    [Fact]
    public void A_run_of_another_policy_is_no_concern() =>
        Assert.Single(new BaselineStory(OnWorkers).Settle().Built('a').PatchedNodes(policy: "others").Started);

    /// <summary>The build would bring to new nodes what was taken from the others, as it was no good.</summary>
    [Fact]
    public void A_run_that_was_taken_back_is_nothing_that_the_image_lacks()
    {
        var story = new BaselineStory(OnWorkers).Settle().Built('a').Later(TimeSpan.FromMinutes(5)).PatchedNodes().Scanned(missing: 1)
            .Failed(ImageExitCodes.BadRecipe);
        Assert.Equal(("False", Reasons.BehindNodes), story.Condition("UpToDate"));

        story.TakenBack("workers-1", RunPhase.Failed);

        Assert.Equal(("True", Reasons.UpToDate), story.Condition("UpToDate"));
        Assert.Empty(story.Status.Runs);
        Assert.Null(story.Status.NextBuild);
    }

    [Theory]
    [InlineData(RunPhase.Cancelled)]
    [InlineData(RunPhase.Superseded)]
    [InlineData(RunPhase.Succeeded, "one-of-three")]
    public void What_other_nodes_keep_of_a_run_the_image_still_lacks(RunPhase phase, params string[] nodes)
    {
        var story = new BaselineStory(OnWorkers).Settle().Built('a').Later(TimeSpan.FromMinutes(5)).PatchedNodes().TakenBack("workers-1", phase, nodes);

        story.Scanned(missing: 1);

        Assert.Equal(("False", Reasons.BehindNodes), story.Condition("UpToDate"));
    }

    [Fact]
    public void A_drift_that_a_build_does_not_close_is_not_built_for_again_and_again()
    {
        var story = new BaselineStory(OnWorkers).Settle().Built('a').Later(TimeSpan.FromMinutes(5)).PatchedNodes().Scanned(missing: 1);
        story.Later(TimeSpan.FromMinutes(5));
        story.End(story.Found('a', missing: 1));
        Assert.Equal(3, story.Started.Count);

        // Another run brings something new, and that is another matter.
        story.Later(TimeSpan.FromHours(1)).PatchedNodes("workers-2").Scanned(missing: 1);
        Assert.Equal(BuildTrigger.LiveDrift, story.Running.Job.Trigger);
    }

    [Fact]
    public void A_rejected_rebuild_for_drift_does_not_loop()
    {
        var story = new BaselineStory(OnWorkers).Settle().Built('a').Later(TimeSpan.FromMinutes(5)).PatchedNodes().Scanned(missing: 1);
        story.Built('b', security: 1).Scanned(missing: 1);

        Assert.Equal(4, story.Started.Count);
        Assert.Equal(("False", Reasons.BehindNodes), story.Condition("UpToDate"));
    }

    [Fact]
    public void The_schedule_builds_at_its_local_time()
    {
        var story = new BaselineStory(
            spec => spec with { Triggers = new ImageTriggers { Schedule = new ImageSchedule { Cron = "0 3 * * *", TimeZone = "Europe/Berlin" } } })
            .Settle()
            .Built('a');

        Assert.Equal(new NextBuild { At = new DateTimeOffset(2026, 11, 21, 2, 0, 0, TimeSpan.Zero), Trigger = BuildTrigger.Schedule }, story.Status.NextBuild);
        var at = story.Status.NextBuild!.At;
        story.Later(at + TimeSpan.FromMinutes(10) - story.Now);
        Assert.Equal((BuildTrigger.Schedule, at), (story.Running.Job.Trigger, story.Running.Job.StartedAt));
        story.Built('b').Later(TimeSpan.FromHours(1));
        Assert.Equal(2, story.Started.Count);
    }

    [Fact]
    public void A_schedule_tries_a_failed_recipe_again_at_its_time()
    {
        var story = new BaselineStory(spec => spec with { Triggers = new ImageTriggers { Schedule = new ImageSchedule { Cron = "0 3 * * *" } } })
            .Settle()
            .Failed(ImageExitCodes.BadRecipe);
        Assert.Contains("The next build is at", story.Message("Stalled"), StringComparison.Ordinal);

        story.Later(TimeSpan.FromHours(15));
        Assert.Equal(BuildTrigger.Schedule, story.Running.Job.Trigger);
    }

    [Fact]
    public void A_build_starts_as_a_window_opens_and_once_in_it()
    {
        var story = new BaselineStory(spec => spec with { Triggers = new ImageTriggers { Windows = ["nightly"] } });
        story.Window("nightly", "0 20 * * *", "4h").Settle().Built('a');
        Assert.Equal(new NextBuild { At = Noon.AddHours(8), Trigger = BuildTrigger.Window }, story.Status.NextBuild);

        story.Later(TimeSpan.FromHours(9));
        Assert.Equal(BuildTrigger.Window, story.Running.Job.Trigger);
        story.Built('b').Later(TimeSpan.FromHours(1));
        Assert.Equal(2, story.Started.Count);
    }

    [Fact]
    public void An_image_that_is_too_old_is_built_anew_and_the_age_counts_from_there()
    {
        var story = new BaselineStory(spec => spec with { Triggers = new ImageTriggers { MaxAge = "12h" } }).Settle().Built('a').Later(TimeSpan.FromHours(12));

        Assert.Equal(BuildTrigger.MaxAge, story.Running.Job.Trigger);
        story.Built('a').Later(TimeSpan.FromHours(11));
        Assert.Equal(2, story.Started.Count);
    }

    [Fact]
    public void The_clock_does_not_push_aside_a_candidate_that_waits()
    {
        var story = new BaselineStory(spec => spec with
        {
            Triggers = new ImageTriggers { Schedule = new ImageSchedule { Cron = "0 * * * *" } },
            Promotion = new ImagePromotion { Mode = PromotionMode.Manual },
        }).Settle().Built('a').Later(TimeSpan.FromHours(5));

        Assert.Single(story.Started);
    }

    [Fact]
    public void A_scan_that_fails_for_good_leaves_the_image_unknown_and_is_made_again_at_the_interval()
    {
        var story = new BaselineStory().Settle().Built('a').Later(TimeSpan.FromDays(1)).Failed(ImageExitCodes.BadRecipe, "ImageNotFound", "pull");

        Assert.Equal(("Unknown", "ImageNotFound"), story.Condition("UpToDate"));
        story.Later(TimeSpan.FromHours(23));
        Assert.Equal(2, story.Started.Count);
        story.Later(TimeSpan.FromHours(1)).Scanned();
        Assert.Equal("True", story.Condition("UpToDate").Status);
    }

    private static ImageBaselineSpec OnWorkers(ImageBaselineSpec spec) =>
        spec with { Triggers = new ImageTriggers { OnPolicies = ["workers"], OnPendingUpdates = ImagePendingTrigger.Never } };
}
