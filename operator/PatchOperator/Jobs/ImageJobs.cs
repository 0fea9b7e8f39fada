using PatchOperator.Engine.Effects;
using PatchOperator.Ports;

namespace PatchOperator.Jobs;

/// <summary>Creates the Jobs of baselines.</summary>
internal sealed class ImageJobs(IApi api, ImageJobFactory factory)
{
    public Task CreateAsync(CreateImageJob effect, CancellationToken cancellationToken) =>
        NodeJobs.CreateAsync(api, factory.Create(effect.Baseline, effect.Job), cancellationToken);
}
