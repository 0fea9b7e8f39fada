namespace PatchOperator.Tests.Simulation;

/// <summary>What happens at its time, whoever looks: nodes boot, Jobs end, pods leave.</summary>
internal sealed class Timeline(TimeProvider time)
{
    private readonly PriorityQueue<Action, (DateTimeOffset At, int Order)> coming = new();
    private int order;

    /// <summary>When something happens next; null when nothing will.</summary>
    public DateTimeOffset? Next => coming.TryPeek(out _, out var first) ? first.At : null;

    /// <summary>Has something happen.</summary>
    public void After(TimeSpan delay, Action happens) => coming.Enqueue(happens, (time.GetUtcNow() + delay, order++));

    /// <summary>Lets happen what is due.</summary>
    public void CatchUp()
    {
        while (Next <= time.GetUtcNow())
            coming.Dequeue()();
    }
}
