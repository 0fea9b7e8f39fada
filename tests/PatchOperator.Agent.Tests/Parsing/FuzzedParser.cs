namespace PatchOperator.Agent.Tests.Parsing;

/// <summary>A parser, and what it is given.</summary>
/// <param name="Read">Reads a text, and asks all of what was read.</param>
/// <param name="Samples">Texts that it can read.</param>
internal sealed record FuzzedParser(Action<string> Read, params string[] Samples)
{
    /// <summary>What it says, by its documentation, of a text that it does not take; null where it takes any.</summary>
    public Type? Refusal { get; init; }

    /// <summary>How much it is given of what repeats itself, in characters.</summary>
    public int Size { get; init; } = 1 << 19;

    /// <exception cref="Exception">Any but the one that is documented.</exception>
    public void Try(string text)
    {
        try
        {
            Read(text);
        }
        catch (Exception error) when (error.GetType() == Refusal)
        {
        }
    }
}
