namespace PatchOperator.Leading;

/// <summary>
/// Until when this replica may count on its lease. It ends by the clock, not by a timer: a process that was frozen, and wakes after another has taken over,
/// sees so before its timers and its elector have told it.
/// </summary>
/// <param name="length">How long others are sure to wait after a renewal was sent, less what a request takes.</param>
/// <param name="time">The clock.</param>
internal sealed class LeaseTerm(TimeSpan length, TimeProvider time)
{
    private const long Never = long.MinValue;

    private long end = Never;

    /// <summary>Whether nobody else can lead yet.</summary>
    public bool Lasts => time.GetTimestamp() < Volatile.Read(ref end);

    /// <summary>The lease was taken, or renewed.</summary>
    /// <param name="sent">The timestamp before the request was sent: others count from its arrival.</param>
    public void Renew(long sent) => Volatile.Write(ref end, sent + (long)(length.TotalSeconds * time.TimestampFrequency));

    /// <summary>The lease is somebody else's, or about to be given up.</summary>
    public void End() => Volatile.Write(ref end, Never);
}
