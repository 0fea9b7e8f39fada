using PatchOperator.Api;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Effects;
using PatchOperator.Engine.Facts;

namespace PatchOperator.Engine.Images;

/// <summary>A decision in the making: the status as it will be, and what is to be done.</summary>
internal sealed class BaselineDraft(BaselineInput input)
{
    private static readonly TimeSpan RegistryRetry = TimeSpan.FromSeconds(30);

    private readonly List<EngineEvent> events = [];
    private DateTimeOffset? wakeUp;

    public BaselineInput Input => input;

    public ImageBaselineSpec Spec => input.Spec;

    public DateTimeOffset Now => input.Now;

    public TimeSpan ScanInterval { get; } = Durations.Parse(input.Spec.Scan.Interval);

    public ImageBaselineStatus Status { get; set; } = input.Baseline.Status with { InputsHash = InputsHash.Of(input.Spec) };

    /// <summary>The image that triggers and scans look at: the one that is to be current, or is.</summary>
    public BuiltImage? Newest => Status.Candidate ?? Status.Current;

    /// <summary>What is being waited for, in words; null when nothing is.</summary>
    public string? Waiting { get; set; }

    /// <summary>Which live nodes came from a revoked image, in words; null when none did.</summary>
    public string? RevokedInUse { get; set; }

    public ImageJobRequest? Create { get; set; }

    public string? Tag { get; set; }

    public List<string> DeleteImages { get; } = [];

    public List<string> RemoveAnnotations { get; } = [];

    public void Say(string reason, string message, bool warning = false) => events.Add(new EngineEvent(reason, message, warning));

    public void WakeAt(DateTimeOffset? at)
    {
        if (at is { } time && (wakeUp is null || time < wakeUp))
            wakeUp = time;
    }

    /// <summary>Nothing goes on before the registry has answered.</summary>
    /// <param name="must">What it must do, in words.</param>
    public void WaitForRegistry(string must)
    {
        Waiting = $"the registry must {must} first: {input.Registry?.Problem ?? "not asked yet"}";
        WakeAt(Now + RegistryRetry);
    }

    /// <summary>Moves an image that is not to be promoted to where it waits for its deletion.</summary>
    public void Reject(BuiltImage image, string reason)
    {
        if (image.Digest == Status.Current?.Digest || Status.History.Any(record => record.Digest == image.Digest))
            return;
        var rejected = new RejectedImage { Digest = image.Digest, Version = image.Version, BuiltAt = image.BuiltAt, Reason = reason };
        Status = Status with { Rejected = [rejected, .. Status.Rejected.Where(other => other.Digest != image.Digest).Take(Limits.RejectedImages - 1)] };
    }

    public Decision<ImageBaselineStatus> Decide()
    {
        var status = BaselineConditions.Of(this);
        return new Decision<ImageBaselineStatus>
        {
            Effects =
            [
                .. input.Jobs.Keys.Except(Wanted).Order(StringComparer.Ordinal).Select(name => new DeleteJob(name)),
                .. Create is null ? Array.Empty<Effect>() : [new CreateImageJob(input.Baseline, Create)],
                .. Tag is null ? Array.Empty<Effect>() : [new PutTag(input.Baseline, Tag)],
                .. DeleteImages.Select(digest => new DeleteImage(input.Baseline, digest)),
                .. RemoveAnnotations.Count == 0
                    ? Array.Empty<Effect>()
                    : [new RemoveAnnotations(ImageBaseline.KindName, input.Baseline.Metadata.Name, RemoveAnnotations)],
            ],
            Status = status,
            Why = status.Conditions.First(condition => condition.Type == ConditionTypes.Reconciling).Message,
            WakeUp = wakeUp - Now,
            Events = events,
        };
    }

    // What the persisted status still names stays until it names it no more, or a crash in between would have the same Job made twice. The last build's stays
    // to be looked at, where it has begun.
    private IEnumerable<string> Wanted =>
        new[] { Status.Job?.Name, input.Baseline.Status.Job?.Name, LastBuilds is { Overdue: false } last ? last.Name : null }.OfType<string>();

    private ImageJobFacts? LastBuilds => Status.LastBuild is { } build ? input.Jobs.GetValueOrDefault(build.Job) : null;

    /// <summary>The facts of the Job under way, if there are any.</summary>
    public ImageJobFacts? JobFacts => Status.Job is { } job ? input.Jobs.GetValueOrDefault(job.Name) : null;
}
