namespace PatchOperator.Tests.Simulation;

/// <summary>The one source of everything that a seed decides. Without a seed all is calm: nothing fails, and everything takes its usual time.</summary>
internal sealed class Chance(int? seed)
{
    private readonly Random? random = seed is { } number ? new Random(number) : null;

    /// <summary>Whether faults happen.</summary>
    public bool Faulty { get; set; } = seed is not null;

    /// <summary>Whether no call arrives, and no watch tells anything.</summary>
    public bool ServerAway { get; set; }

    /// <summary>Whether nothing is left to chance.</summary>
    public bool IsCalm => random is null;

    /// <summary>True once in so many times; never when all is calm.</summary>
    public bool OneIn(int times) => random?.Next(times) == 0;

    /// <summary>The same, for what goes wrong.</summary>
    public bool FaultOneIn(int times) => Faulty && OneIn(times);

    /// <summary>A number below <paramref name="end"/>; 0 when all is calm.</summary>
    public int Below(int end) => random?.Next(end) ?? 0;

    /// <summary>A number of seconds; what lies between the two when all is calm.</summary>
    public TimeSpan Seconds(int from, int to) => random is null ? TimeSpan.FromSeconds((from + to) / 2) : TimeSpan.FromMilliseconds(random.Next(from * 1000, to * 1000));

    /// <summary>What becomes of the next call.</summary>
    public Fault Next(bool writes, bool atVersion) => ServerAway ? Fault.CallLost : !Faulty ? Fault.None : Below(160) switch
    {
        < 3 when atVersion => Fault.Conflict,
        < 6 when writes => Fault.AnswerLost,
        < 9 => Fault.CallLost,
        9 or 10 => Fault.Crash,
        _ => Fault.None,
    };
}
