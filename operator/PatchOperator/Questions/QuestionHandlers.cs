using PatchOperator.Api;
using PatchOperator.Engine.Decisions;
using PatchOperator.Engine.Questions;
using PatchOperator.Jobs;
using PatchOperator.Ports;

namespace PatchOperator.Questions;

/// <summary>Finds out answers. Each kind of question has a line here.</summary>
internal sealed class QuestionHandlers
{
    private readonly Dictionary<Type, Func<Question, CancellationToken, Task<object?>>> handlers = [];

    public QuestionHandlers(
        NodePods pods,
        NodeJobs jobs,
        JobReports reports,
        JobProblems problems,
        ImageJobReports imageReports,
        IRegistries registries,
        IHealth health,
        IApi api)
    {
        On<PodsToEvict>(async (question, token) => await pods.ToEvictAsync(question, token));
        On<RehearsalOfDrain>(async (question, token) => await pods.RehearseAsync(question, token));
        On<JobAsItIs>(async (question, token) => await jobs.ReadAsync(question, token));
        On<ProblemOfJob>(async (question, token) => await problems.ReadAsync(question, token));
        On<ReportOfStep>(async (question, token) => await reports.ReadAsync(question.Job, token));
        On<ReportOfImageJob>(async (question, token) => await imageReports.ReadAsync(question.Job, token));
        On<HealthOf>(async (question, token) => await health.AskAsync(question.Check, token));
        On<PlanAsItIs>(async (question, token) => await api.GetAsync<PatchPlan>(question.Name, null, token));
        On<ImageInRegistry>(async (question, token) => await registries.AskAsync(question, token));
    }

    /// <summary>The answer; null when there is none.</summary>
    public Task<object?> AnswerAsync(Question question, CancellationToken cancellationToken) => handlers[question.GetType()](question, cancellationToken);

    private void On<TQuestion>(Func<TQuestion, CancellationToken, Task<object?>> answer)
        where TQuestion : Question => handlers.Add(typeof(TQuestion), (question, cancellationToken) => answer((TQuestion)question, cancellationToken));
}
