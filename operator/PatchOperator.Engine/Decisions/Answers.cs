namespace PatchOperator.Engine.Decisions;

/// <summary>The answers to the questions of one decision.</summary>
public sealed class Answers
{
    private readonly Dictionary<Question, object?> known = [];

    /// <summary>No question, no answer.</summary>
    public static Answers None { get; } = new();

    /// <summary>Takes an answer down.</summary>
    public Answers Add(Question question, object? answer)
    {
        known[question] = answer;
        return this;
    }

    /// <summary>Whether a question has been asked.</summary>
    public bool Has(Question question) => known.ContainsKey(question);

    /// <summary>The answer; null when it was not asked, or there is none.</summary>
    public TAnswer? To<TAnswer>(Question<TAnswer> question)
        where TAnswer : class => known.GetValueOrDefault(question) as TAnswer;
}
