namespace PatchOperator.Engine.Decisions;

/// <summary>
/// Something that a decision must know and that no cache holds. Each kind is a file in <c>Questions</c>, and has one handler in the operator that
/// finds out the answer.
/// </summary>
public abstract record Question
{
    private protected Question()
    {
    }

    /// <summary>What is asked, for a sentence such as "to read ... was refused".</summary>
    public abstract string Words { get; }
}

/// <summary>A question whose answer is a <typeparamref name="TAnswer"/>.</summary>
public abstract record Question<TAnswer> : Question
    where TAnswer : class;
