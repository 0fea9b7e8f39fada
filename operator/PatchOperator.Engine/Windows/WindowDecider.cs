using PatchOperator.Api;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.World;

namespace PatchOperator.Engine.Windows;

/// <summary>Says of a window whether it is open and when it opens next.</summary>
public sealed class WindowDecider : IDecider<PatchWindow, PatchWindowStatus>
{
    /// <inheritdoc/>
    public IEnumerable<Question> Ask(PatchWindow entity, Snapshot snapshot, Answers answers, DateTimeOffset now) => [];

    /// <inheritdoc/>
    public Decision<PatchWindowStatus> Decide(PatchWindow entity, Snapshot snapshot, Answers answers, DateTimeOffset now)
    {
        var known = snapshot.Windows[entity.Metadata.Name];
        var calendar = snapshot.CalendarOf(entity);
        var zones = new WindowZones(calendar, snapshot.NodesByZone(entity), now);
        var state = zones.State;
        var status = WindowStatus.Of(entity, calendar, known?.Errors ?? [], now, zones);
        var later = WindowStatus.WrittenAt(entity.Status, status, now);
        return new Decision<PatchWindowStatus>
        {
            Status = later is null ? status : entity.Status,
            Why = state is null ? "its spec is invalid" : state.IsOpen ? "open" : "closed",
            WakeUp = new[] { state?.NextChange, later }.Min() - now,
        };
    }

    /// <inheritdoc/>
    public Decision<PatchWindowStatus> Refused(PatchWindow entity, Snapshot snapshot, Refusal refusal, DateTimeOffset now) =>
        throw new InvalidOperationException("nothing is done for a window, and nothing asked");
}
