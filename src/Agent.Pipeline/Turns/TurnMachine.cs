using Agent.Pipeline.Turns.Effects;
using Agent.Pipeline.Turns.Events;

namespace Agent.Pipeline.Turns;

/// <summary>
/// Decides who has the floor: a pure function of state, event and time. It has no clock, no lock, no task; whoever feeds it carries
/// the effects out at once and in order. Each concern has a file of its own beside this one; this one only says who is asked.
/// </summary>
internal static class TurnMachine
{
    /// <summary>Takes one step.</summary>
    /// <param name="state">What is known.</param>
    /// <param name="turnEvent">What has happened.</param>
    /// <param name="now">The session's clock.</param>
    /// <param name="options">How to decide.</param>
    /// <param name="effects">Receives what is to be done, in order.</param>
    /// <returns>What is known now; the same object when nothing has changed.</returns>
    internal static TurnState Step(TurnState state, TurnEvent turnEvent, TimeSpan now, TurnOptions options, List<TurnEffect> effects)
    {
        var step = new TurnStep(state, now, options, effects);
        switch (turnEvent)
        {
            case ParticipantChanged e: Presence.OnChanged(ref step, e.Linked, e.IsPhone); break;
            case ParticipantSwitched e: Presence.OnSwitched(ref step, e.IsPhone); break;
            case UserStarted e: UserVoice.OnStarted(ref step, e.At); break;
            case UserStopped e: UserVoice.OnStopped(ref step, e.At); break;
            case UserInterim e: Transcripts.OnInterim(ref step, e); break;
            case UserFinal e: Transcripts.OnFinal(ref step, e); break;
            case RecogniserFlushed e: Transcripts.OnFlushed(ref step, e.Flush); break;
            case RecogniserEndedTurn: Endpointing.OnListenerEndedTurn(ref step, EndpointingMode.SpeechToText); break;
            case ModelEndedTurn: Endpointing.OnListenerEndedTurn(ref step, EndpointingMode.Realtime); break;
            case ModelListens e: Endpointing.OnModelListens(ref step, e.IsThere); break;
            case DetectorAnswered e: TurnDetection.OnAnswered(ref step, e); break;
            case UserTyped e: TypedText.OnTyped(ref step, e); break;
            case SpeechRequested e: SpeechQueue.Add(ref step, e.Speech); break;
            case SpeechAudible e: AgentFloor.OnAudible(ref step, e.SpeechId); break;
            case QuestionHeld e: BargeIns.OnQuestionHeld(ref step, e.SpeechId); break;
            case SpeechSuspended e: AgentFloor.OnSuspended(ref step, e.SpeechId); break;
            case SpeechContinued e: AgentFloor.OnContinued(ref step, e.SpeechId); break;
            case SpeechReady e: Fillers.OnReady(ref step, e.SpeechId); break;
            case SpeechEnded e: AgentFloor.OnEnded(ref step, e.SpeechId); break;
            case InterruptRequested { SpeechId: { } id } e: SpeechQueue.OnInterruptRequested(ref step, id, e.Force); break;
            case InterruptRequested e: SpeechQueue.OnInterruptRequested(ref step, e.Force); break;
            case StartRequested: PushToTalk.OnStartRequested(ref step); break;
            case CommitRequested: PushToTalk.OnCommitRequested(ref step); break;
            case ClearRequested: PushToTalk.OnClearRequested(ref step); break;
            case TimerFired e: OnTimer(ref step, e); break;
            default: throw new ArgumentException($"No turn machine knows the event {turnEvent.GetType().Name}.", nameof(turnEvent));
        }

        UserTurnLimits.Watch(ref step);
        SpeechQueue.Advance(ref step);
        EchoWarmUp.Review(ref step);
        RunOnSpeech.Settle(ref step);
        Preparations.Review(ref step);
        Fillers.Review(ref step);
        Presence.Show(ref step);
        return step.State;
    }

    private static void OnTimer(ref TurnStep step, TimerFired fired)
    {
        if (!step.TryExpire(fired.Kind, fired.Id))
            return;
        switch (fired.Kind)
        {
            case TurnTimerKind.Endpointing: Endpointing.OnSilence(ref step); break;
            case TurnTimerKind.DetectorDelay: TurnDetection.OnDelayOver(ref step); break;
            case TurnTimerKind.Detector: TurnDetection.OnTimeout(ref step); break;
            case TurnTimerKind.UserTurnLimit: break; // Seen below, as every turn that is too long.
            case TurnTimerKind.RunOn: RunOnSpeech.OnLongEnough(ref step); break;
            case TurnTimerKind.Transcript: Endpointing.OnTranscriptTimeout(ref step); break;
            case TurnTimerKind.BargeIn: BargeIns.OnLongEnough(ref step); break;
            case TurnTimerKind.FalseInterruption: BargeIns.OnFalseTimeout(ref step); break;
            case TurnTimerKind.EchoWarmUp: EchoWarmUp.OnOver(ref step); break;
            case TurnTimerKind.Filler: Fillers.OnDue(ref step); break;
            case TurnTimerKind.Gap: break; // The queue is looked at after every step.
            case TurnTimerKind.UserAway: Presence.OnSilence(ref step); break;
            default: throw new ArgumentException($"No turn machine knows the timer {fired.Kind}.", nameof(fired));
        }
    }
}
