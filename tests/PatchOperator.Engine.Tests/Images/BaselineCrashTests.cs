using PatchOperator.Api;
using PatchOperator.Engine.Facts;
using static PatchOperator.Engine.Tests.Images.BaselineWorld;

namespace PatchOperator.Engine.Tests.Images;

/// <summary>The operator, the pod, or both are taken away at any point: one build comes of it, and nothing is left over.</summary>
public class BaselineCrashTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void A_crash_between_any_two_acts_leaves_one_build(int acts)
    {
        var world = new BaselineWorld(spec => spec with { Promotion = new ImagePromotion { Mode = PromotionMode.Manual } });
        var left = acts;
        bool Survives() => left-- > 0;
        world.Step(Survives);
        world.Settle();
        world.Stored.Add(Digest('a'));
        world.Finish(world.Found('a'));
        world.Step(Survives);
        world.Settle();
        world.Annotate(ApiGroup.PromoteAnnotation, Digest('a'));

        Assert.Equal(Digest('a'), world.Status.Current?.Digest);
        Assert.Single(world.Created);
        Assert.Single(world.Jobs);
    }

    [Fact]
    public void Random_crashes_and_lost_jobs_come_to_the_same_end()
    {
        for (var seed = 1; seed <= 200; seed++)
        {
            var random = new Random(seed);
            var world = new BaselineWorld();
            for (var round = 0; round < 400 && world.Status.Current is null; round++)
            {
                world.Step(() => random.Next(4) > 0);
                world.Now += TimeSpan.FromSeconds(random.Next(120));
                world.RegistryProblem = random.Next(4) == 0 ? "away" : null;
                if (world.Created.Count > 0 && world.Jobs.TryGetValue(world.Created[^1].Job.Name, out var job) && !job.Finished)
                    EndSomehow(world, random);
            }

            world.RegistryProblem = null;
            world.Later(TimeSpan.FromHours(1));
            Assert.Equal((Digest('a'), Digest('a')), (world.Status.Current?.Digest, world.Tagged));
            Assert.Equal(1, world.Status.JobsBegun);
            Assert.Equal(world.Created.Count, world.Created.Select(request => request.Job.Name).Distinct().Count());
            Assert.All(world.Jobs.Values, left => Assert.True(left.Finished));
        }
    }

    private static void EndSomehow(BaselineWorld world, Random random)
    {
        switch (random.Next(6))
        {
            case 0:
                world.Stored.Add(Digest('a'));
                world.Finish(world.Found('a'));
                break;
            case 1:
                world.Finish(new ImageJobReport { End = ImageJobEnd.TryAgain, Step = "report", Reason = "RegistryUnavailable", Message = "away" });
                break;
        }
    }
}
