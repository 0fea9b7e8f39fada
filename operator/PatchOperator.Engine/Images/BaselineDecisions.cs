namespace PatchOperator.Engine.Images;

/// <summary>Decides what to do about one baseline: what its Job has come to, what may be promoted, what is built or scanned next, what may go.</summary>
public static class BaselineDecisions
{
    public static BaselineDecision Decide(BaselineInput input)
    {
        if (input.Errors.Count > 0)
            return new BaselineDecision { Status = BaselineConditions.Invalid(input) };

        var draft = new BaselineDraft(input);
        JobEnds.Take(draft);
        Promotions.Take(draft);
        Revocations.Mark(draft);
        RunCoverages.Track(draft);
        NextJob.Choose(draft);
        NodeImages.Count(draft);
        Retention.Choose(draft);
        return draft.Decide();
    }
}
