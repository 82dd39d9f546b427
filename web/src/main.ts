import './styles/fonts.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/dragging.css';
import { mount } from 'svelte';
import Root from './app/Root.svelte';

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no #app.');
mount(Root, { target });
