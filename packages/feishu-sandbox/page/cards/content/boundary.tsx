import { Component, type ComponentChildren } from 'preact';
import type { Json } from '../../../src/cards/tree.ts';

/** A card that cannot be drawn becomes one line; once the bot has corrected it, it is drawn again. */
export class Boundary extends Component<{ card: Json; children: ComponentChildren }, { broken: Json | null }> {
  override state = { broken: null };

  override componentDidCatch(): void {
    this.setState({ broken: this.props.card });
  }

  override render() {
    return this.state.broken === this.props.card ? <p class="quiet">［这张卡片画不出来］</p> : this.props.children;
  }
}
